using Consensus.Core.Confidence;
using Consensus.Core.Learning;

namespace Consensus.Core.Deciding;

/// <summary>A named way to turn votes into an outcome. Immutable; looked up in <see cref="DecisionPolicies"/>.</summary>
public abstract class DecisionPolicy
{
    private protected DecisionPolicy()
    {
    }

    /// <summary>The strategy's name in requests.</summary>
    public abstract string Name { get; }

    /// <summary>What it does and when to use it, in a sentence or two.</summary>
    public abstract string Description { get; }

    /// <summary>The definition of its raw confidence, by name.</summary>
    public virtual string ConfidenceMethod => DirichletConfidence.Method;

    /// <summary>Whether the caller's quorum means something to this strategy.</summary>
    public virtual bool UsesQuorum => true;

    /// <summary>The weight of a model's vote, &gt; 0.</summary>
    internal virtual double Weight(string model, PolicyContext context) => 1;

    /// <summary>Gives the ballot scores by which its clusters are ranked; as it is where they are ranked by weight.</summary>
    internal virtual Ballot Rank(Ballot ballot, PanelVotes votes, PolicyContext context) => ballot;

    /// <summary>The definition by which a ballot's confidence is taken.</summary>
    internal virtual string MethodOf(Ballot ballot) => ConfidenceMethod;

    /// <summary>Whether the leader's standing is a consensus.</summary>
    internal virtual bool IsConsensus(Tally tally, double quorum) => tally.Exceeds(quorum);

    /// <summary>The posterior that the leading cluster is right; the candidates of the ballot and of the context are the same.</summary>
    internal virtual double Confidence(Ballot ballot, Tally tally, PolicyContext context) =>
        DirichletConfidence.Of(tally.Sizes[tally.Ranking[0]], tally.Asked, context.EffectiveAlternatives);

    /// <summary>The outcome of a counted ballot; the rules that all strategies share.</summary>
    internal DecisionOutcome Decide(Tally tally, double quorum, int minResponses)
    {
        if (tally.Voters < minResponses)
        {
            return DecisionOutcome.QuorumNotMet;
        }

        if (!tally.LeadsAlone)
        {
            return DecisionOutcome.NoConsensus;
        }

        if (IsConsensus(tally, quorum))
        {
            return DecisionOutcome.Consensus;
        }

        return tally.Sizes[tally.Ranking[0]] >= 2 ? DecisionOutcome.Plurality : DecisionOutcome.NoConsensus;
    }

    /// <summary>Whether an outcome has a winner.</summary>
    internal static bool HasWinner(DecisionOutcome outcome) => outcome is DecisionOutcome.Consensus or DecisionOutcome.Plurality;
}
