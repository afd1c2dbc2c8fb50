using Consensus.Core.Deciding;

namespace Consensus.ApiService.FanOut;

/// <summary>
/// How many calls the next wave of <c>adaptive</c> has: the fewest after which the stopping rule could be met, if every one of them sided with the leader. Fewer
/// would only add a round; more could be wasted. A panel of five starts with three, of seven or more with four; a contested panel gets large waves, so that the
/// number of rounds stays small.
/// </summary>
internal static class AdaptiveWaves
{
    /// <param name="asked">The candidates asked so far; those still going have no text.</param>
    /// <param name="left">How many have not been asked, at least 1.</param>
    /// <param name="inFlight">How many of those asked are still going.</param>
    /// <param name="threshold">The stopping rule's threshold.</param>
    /// <returns>1 to <paramref name="left"/>.</returns>
    public static int Size(DecisionInput asked, int left, int inFlight, double threshold)
    {
        var (first, second, usable) = Standing(asked);
        for (var size = 1; size < left; size++)
        {
            var lead = first + size;
            var enoughUsable = asked.MinResponses is not { } least || usable + size >= least;
            if (enoughUsable && (lead - second > left - size + inFlight || EarlyStopping.LeadProbability(lead, second) > threshold))
            {
                return size;
            }
        }

        return left;
    }

    // Weights are brought to a mean of one, so that they count as votes.
    private static (double First, double Second, int Usable) Standing(DecisionInput asked)
    {
        if (asked.Candidates.Count == 0)
        {
            return (0, 0, 0);
        }

        var decision = Decider.Decide(asked, resample: false);
        var mean = decision.Weights.Average();
        return (Weight(0), Weight(1), decision.Answers.Count(a => a is not null));

        double Weight(int cluster) => cluster < decision.Clusters.Count ? decision.Clusters[cluster].Weight / mean : 0;
    }
}
