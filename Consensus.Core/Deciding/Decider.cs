namespace Consensus.Core.Deciding;

/// <summary>From what the models wrote to the panel's decision: read, cluster, decide, measure.</summary>
public static class Decider
{
    /// <summary>Decides. The result does not depend on the order of the candidates, except that indexes follow it.</summary>
    /// <param name="input">What the models wrote and how to decide; at least one candidate.</param>
    /// <exception cref="ArgumentException">The input has no candidate or names an unknown strategy.</exception>
    public static Decision Decide(DecisionInput input) =>
        throw new NotSupportedException();
}
