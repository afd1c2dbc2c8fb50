using Consensus.Core.Answers;
using Consensus.Core.Confidence;
using Consensus.Core.Fitting;

namespace Consensus.Core.Deciding;

/// <summary>What a policy may know besides the votes.</summary>
internal sealed class PolicyContext
{
    private readonly DecisionInput _input;

    /// <param name="input">The caller's settings.</param>
    /// <param name="models">The model of each candidate.</param>
    /// <param name="kind">The kind under which the answers were read.</param>
    public PolicyContext(DecisionInput input, IReadOnlyList<string> models, AnswerKind kind)
    {
        Models = models;
        Fit = PanelFits.Choose(input.Fits, models, kind);
        EffectiveAlternatives = input.EffectiveAlternatives ?? Fit?.EffectiveAlternatives.Value ?? Confidence.EffectiveAlternatives.Default(kind);
        _input = input;
    }

    /// <summary>The model of each candidate.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>What was learned of this panel or one much like it; <c>null</c>: nothing.</summary>
    public PanelFit? Fit { get; }

    /// <summary>K_eff, &gt; 1.</summary>
    public double EffectiveAlternatives { get; }

    /// <summary>A model's reliability: as the caller gave it, else as learned, else the prior.</summary>
    public double ReliabilityOf(string model) => _input.Reliability.TryGetValue(model, out var given)
        ? given
        : Fit?.ReliabilityOf(model, _input.Category) ?? _input.PriorReliability;
}
