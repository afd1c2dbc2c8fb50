using Consensus.Core.Reliability;

namespace Consensus.Core.Judging;

/// <summary>Decisions of a panel of judges that need no truth. A decision is above 0 for output 1, below for output 2, and 0 for a tie.</summary>
public static class PanelVote
{
    /// <summary>The majority of the verdicts given when output 1 was shown first.</summary>
    public static double OneOrder(JudgedPair pair) => pair.Votes.Sum(vote => vote.Ab ?? 0);

    /// <summary>The majority of the judges, each with both orders merged.</summary>
    public static double BothOrders(JudgedPair pair) => BothOrders(pair.Votes);

    /// <summary>The same of the votes alone, one entry per judge.</summary>
    public static double BothOrders(IReadOnlyList<TwoOrderVote> votes) => votes.Sum(vote => vote.Merged);

    /// <summary>The weighted sum of the judges, each with both orders merged.</summary>
    /// <param name="weights">One weight per judge; negative for one whose vote speaks against what it names.</param>
    /// <param name="votes">One entry per judge, in the same order.</param>
    /// <exception cref="ArgumentException">There are not as many weights as votes.</exception>
    public static double Weighted(IReadOnlyList<double> weights, IReadOnlyList<TwoOrderVote> votes)
    {
        if (weights.Count != votes.Count)
        {
            throw new ArgumentException($"{votes.Count} judges need as many weights, not {weights.Count}.", nameof(weights));
        }

        var sum = 0.0;
        for (var judge = 0; judge < weights.Count; judge++)
        {
            sum += weights[judge] * votes[judge].Merged;
        }

        return sum;
    }

    /// <summary>Whether a decision is a tie: within 10⁻⁹ of 0, as far as sums of weights can be told from it.</summary>
    public static bool IsTie(double decision) => Math.Abs(decision) < 1e-9;

    /// <summary>
    /// One-coin Dawid–Skene over the merged votes of the judges (an order flip is no vote, since two verdicts of one judge are not independent), without
    /// truths. One pseudo-count keeps a
    /// judge from certainty. Where judges share mistakes it trusts those who share them.
    /// </summary>
    /// <param name="pairs">The pairs, decided together; their truths are not looked at.</param>
    /// <returns>One decision per pair: the posterior of output 1 less that of output 2, −1 to 1.</returns>
    public static double[] DawidSkene(IReadOnlyList<JudgedPair> pairs)
    {
        List<DawidSkeneVote> votes = [];
        for (var i = 0; i < pairs.Count; i++)
        {
            for (var judge = 0; judge < pairs[i].Votes.Count; judge++)
            {
                if (pairs[i].Votes[judge].Merged is not 0 and var merged)
                {
                    votes.Add(new DawidSkeneVote(i, judge, merged > 0 ? 0 : 1));
                }
            }
        }

        var judges = pairs.Count == 0 ? 0 : pairs[0].Votes.Count;
        var fit = Reliability.DawidSkene.OneCoin(votes, [.. Enumerable.Repeat(new DawidSkeneItem(2, 2), pairs.Count)], judges, new DawidSkeneOptions { Smoothing = 1 });
        return [.. fit.Posteriors.Select(p => p[0] - p[1])];
    }
}
