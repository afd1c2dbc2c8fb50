using Consensus.Core.Learning;

namespace Consensus.Core.Deciding;

/// <summary>Clusters ranked by a conditional logit over the votes that labelled questions taught; majority where nothing was learned or nothing was gained.</summary>
/// <remarks>
/// Every vote weighs one in agreement and entropy; only the ranking and the confidence are learned. An answer that a single model gives may lead, but is no consensus and no
/// plurality: nobody agrees with it.
/// </remarks>
internal sealed class LearnedPolicy : DecisionPolicy
{
    /// <summary>The name of the definition of confidence.</summary>
    public const string Method = "learned_posterior";

    public override string Name => Strategies.Learned;

    public override string Description =>
        "Votes weighted as labelled questions taught, by model and category, also against an answer; decides as majority where that gained nothing. When a fitted document is in force.";

    public override string ConfidenceMethod => Method;

    internal override string MethodOf(Ballot ballot) => ballot.Support is null ? base.ConfidenceMethod : Method;

    internal override Ballot Rank(Ballot ballot, PanelVotes votes, PolicyContext context) =>
        context.Fit?.Learned is { Guard.Adopted: true, Weights: var weights } && weights.Knows(votes)
            ? ballot with { Support = weights.Support(votes), OutsideScore = weights.OutsideOf(votes) }
            : ballot;

    internal override double Confidence(Ballot ballot, Tally tally, PolicyContext context)
    {
        if (tally.Scores is not { } scores)
        {
            return base.Confidence(ballot, tally, context);
        }

        double[] posterior = [.. tally.Ranking.Select(k => scores[k]), ballot.OutsideScore];
        Softmax.InPlace(posterior);
        return posterior[0];
    }
}
