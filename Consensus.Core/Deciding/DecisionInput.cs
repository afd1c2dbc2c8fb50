using Consensus.Core.Answers;
using Consensus.Core.Fitting;

namespace Consensus.Core.Deciding;

/// <summary>What one model wrote, or <c>null</c> when its call failed: it then has no vote, but stays in the denominator.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Family">The model's family.</param>
/// <param name="Text">The whole text.</param>
public readonly record struct CandidateText(string Model, string Family, string? Text);

/// <summary>Everything a decision depends on; equal inputs give equal decisions.</summary>
public sealed record DecisionInput
{
    /// <summary>Every candidate asked, in the order asked.</summary>
    public required IReadOnlyList<CandidateText> Candidates { get; init; }

    /// <summary>What kind of answer is expected.</summary>
    public AnswerForm Form { get; init; } = AnswerForm.Auto;

    /// <summary>The strategy by name; see <see cref="Strategies"/>.</summary>
    public string Strategy { get; init; } = Strategies.Majority;

    /// <summary>The share of all asked that a cluster must exceed for consensus, in [0, 1); strategies with a quorum of their own ignore it.</summary>
    public double Quorum { get; init; } = 0.5;

    /// <summary>The least number of usable answers; <c>null</c>: more than half of those asked.</summary>
    public int? MinResponses { get; init; }

    /// <summary>The question's subject, by which what was learned may differ; <c>null</c>: none.</summary>
    public string? Category { get; init; }

    /// <summary>What was learned of panels; the one that fits this panel and kind is used.</summary>
    public IReadOnlyList<PanelFit> Fits { get; init; } = [];

    /// <summary>The early-stop mode under which the answers came; a calibration map holds for one mode.</summary>
    public string EarlyStop { get; init; } = StrategyCalibration.NoEarlyStop;

    /// <summary>Reliability by model id, each in (0, 1); used by <see cref="Strategies.Weighted"/> and there before what was learned.</summary>
    public IReadOnlyDictionary<string, double> Reliability { get; init; } = new Dictionary<string, double>();

    /// <summary>The reliability of a model of which nothing is known, in (0, 1).</summary>
    public double PriorReliability { get; init; } = 0.7;

    /// <summary>The effective number of wrong alternatives (K_eff, &gt; 1); <c>null</c>: what was learned, else the default of the answer's kind.</summary>
    public double? EffectiveAlternatives { get; init; }
}
