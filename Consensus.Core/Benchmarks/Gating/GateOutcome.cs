namespace Consensus.Core.Benchmarks.Gating;

/// <summary>What a gate says; the later the worse.</summary>
public enum GateOutcome
{
    /// <summary>The metric is not defined on these questions, as a ranking is where all answers are right; it decides nothing.</summary>
    NotMeasured,

    /// <summary>Shown to be no worse than the margin allows.</summary>
    Pass,

    /// <summary>Neither shown.</summary>
    Inconclusive,

    /// <summary>Shown to be worse than the margin allows.</summary>
    Fail,
}
