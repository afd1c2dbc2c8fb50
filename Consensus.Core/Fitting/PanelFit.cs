using Consensus.Core.Answers;
using Consensus.Core.Learning;
using Consensus.Core.Reliability;

namespace Consensus.Core.Fitting;

/// <summary>The learned vote of a panel: its weights, the groups of coefficients, and what its guard says.</summary>
/// <param name="Weights">Fitted on all the questions, whether it may decide or not.</param>
/// <param name="Shape">The groups of coefficients.</param>
/// <param name="Guard">Whether it may decide, and why.</param>
public sealed record PanelLearnedVote(LearnedWeights Weights, LearnedShape Shape, GuardReport Guard);

/// <summary>Everything that labelled questions taught about one panel answering one kind of question.</summary>
public sealed record PanelFit
{
    /// <summary>The models' ids, in ordinal order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The kind under which the answers were read.</summary>
    public required AnswerKind Kind { get; init; }

    /// <summary>On how many labelled questions this rests.</summary>
    public required int Questions { get; init; }

    /// <summary>How often each model is right.</summary>
    public required IReadOnlyDictionary<string, ModelReliability> Reliability { get; init; }

    /// <summary>K_eff.</summary>
    public required EffectiveAlternativesEstimate EffectiveAlternatives { get; init; }

    /// <summary>The learned vote; <c>null</c> when there were too few questions for one.</summary>
    public PanelLearnedVote? Learned { get; init; }

    /// <summary>The calibration maps, at most one per strategy and early-stop mode.</summary>
    public IReadOnlyList<StrategyCalibration> Calibrations { get; init; } = [];

    /// <summary>The map of a strategy in an early-stop mode, or <c>null</c>: a raw confidence is never passed off as calibrated.</summary>
    public StrategyCalibration? CalibrationOf(string strategy, string earlyStop) =>
        Calibrations.FirstOrDefault(c => c.Strategy == strategy && c.EarlyStop == earlyStop);

    /// <summary>Whether this was learned from exactly these models and this kind.</summary>
    public bool IsOf(IEnumerable<string> models, AnswerKind kind) =>
        kind == Kind && models.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).SequenceEqual(Models, StringComparer.Ordinal);

    /// <summary>A model's reliability in a category, or over all where the category is unknown; <c>null</c> for a model that is.</summary>
    public double? ReliabilityOf(string model, string? category) => Reliability.GetValueOrDefault(model)?.In(category);
}
