using Consensus.Core.Confidence;

namespace Consensus.Core.Deciding;

/// <summary>Votes weighted by the log-odds of each model's reliability, against the effective number of wrong alternatives.</summary>
/// <remarks>
/// The weight ln(r·(K_eff − 1)/(1 − r)) is the log-likelihood ratio of a vote when wrong answers spread over K_eff − 1 alternatives; for K_eff = 2 it is the
/// optimal rule of Nitzan and Paroush (1982), "Optimal Decision Rules in Uncertain Dichotomous Choice Situations". A model no better than chance keeps a hair of
/// weight, so that its dissent shows.
/// </remarks>
internal sealed class WeightedPolicy : DecisionPolicy
{
    public override string Name => Strategies.Weighted;

    public override string Description => "Votes weighted by the log-odds of each model's reliability, corrected for how often wrong models agree. When accuracy per model is known.";

    public override string ConfidenceMethod => ReliabilityPosterior.Method;

    internal override double Weight(string model, PolicyContext context) => ReliabilityPosterior.Weight(context.ReliabilityOf(model), context.EffectiveAlternatives);

    internal override double Confidence(Ballot ballot, Tally tally, PolicyContext context)
    {
        double[] reliability = [.. context.Models.Select(context.ReliabilityOf)];
        return ReliabilityPosterior.Of(tally.Ranking[0], ballot.Votes, reliability, context.EffectiveAlternatives);
    }
}
