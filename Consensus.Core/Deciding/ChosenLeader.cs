using Consensus.Core.Confidence;

namespace Consensus.Core.Deciding;

/// <summary>
/// A decision in which something other than the vote (rankings, judges) puts a cluster in the lead. What is said of the leader is still what the votes carry: its
/// own share, and the posterior that <c>majority</c> has for a cluster of its size, so that the choice never makes an answer look more agreed on than it is.
/// </summary>
public static class ChosenLeader
{
    private const double Epsilon = 1e-9;

    /// <summary>Puts a cluster first; the others keep their order.</summary>
    /// <param name="vote">The decision by vote, with enough usable answers.</param>
    /// <param name="cluster">The place of the cluster in <see cref="Decision.Clusters"/>.</param>
    /// <param name="input">What the vote was decided on.</param>
    /// <returns>
    /// <see cref="DecisionOutcome.Consensus"/> when the cluster's share exceeds the quorum, else <see cref="DecisionOutcome.Plurality"/>, also of a single voter. The
    /// margin is 0 where another cluster has more votes. Entropy and stability stay those of the vote. There is no calibrated confidence: maps hold for votes.
    /// </returns>
    /// <exception cref="ArgumentException">The vote had too few usable answers, or no such cluster.</exception>
    public static Decision Put(Decision vote, int cluster, DecisionInput input)
    {
        if (vote.Outcome == DecisionOutcome.QuorumNotMet || cluster < 0 || cluster >= vote.Clusters.Count)
        {
            throw new ArgumentException("Only a cluster of a vote with enough usable answers can be put in the lead.", nameof(cluster));
        }

        var chosen = vote.Clusters[cluster];
        AnswerCluster[] others = [.. vote.Clusters.Where((_, i) => i != cluster)];
        return vote with
        {
            Outcome = chosen.Share > input.Quorum + Epsilon ? DecisionOutcome.Consensus : DecisionOutcome.Plurality,
            Clusters = [chosen, .. others],
            Agreement = chosen.Share,
            Margin = Math.Max(0, chosen.Share - others.Select(c => c.Share).DefaultIfEmpty().Max()),
            Confidence = Posterior(vote, chosen.Candidates.Count, input),
            CalibratedConfidence = null,
            ConfidenceMethod = DirichletConfidence.Method,
        };
    }

    /// <summary>The decision with the confidence of fewer votes than its winner has, where some of them were not cast independently.</summary>
    /// <param name="vote">The decision.</param>
    /// <param name="votes">How many of the winner's votes count.</param>
    /// <param name="input">What it was decided on.</param>
    public static Decision Believed(Decision vote, int votes, DecisionInput input) =>
        vote.Winner is null ? vote : vote with { Confidence = Posterior(vote, Math.Min(votes, vote.Winner.Candidates.Count), input), CalibratedConfidence = null };

    private static double Posterior(Decision vote, int votes, DecisionInput input) => DirichletConfidence.Of(
        votes, input.Candidates.Count, new PolicyContext(input, [.. input.Candidates.Select(c => c.Model)], vote.Kind).EffectiveAlternatives);
}
