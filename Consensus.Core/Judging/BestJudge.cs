namespace Consensus.Core.Judging;

/// <summary>The judge of a panel that is right most often on labelled pairs.</summary>
public static class BestJudge
{
    /// <summary>Finds it by the merged votes of both orders, a tie counting one half; of equal judges the first.</summary>
    /// <param name="pairs">At least one pair, each with the votes of at least one judge.</param>
    /// <returns>Its place in the panel.</returns>
    /// <exception cref="ArgumentException">There is no pair or no judge.</exception>
    public static int Of(IReadOnlyList<JudgedPair> pairs)
    {
        if (pairs.Count == 0 || pairs[0].Votes.Count == 0)
        {
            throw new ArgumentException("The best judge is found on labelled pairs with votes.", nameof(pairs));
        }

        var (best, most) = (0, double.NegativeInfinity);
        for (var judge = 0; judge < pairs[0].Votes.Count; judge++)
        {
            var credit = pairs.Sum(pair => pair.Credit(pair.Votes[judge].Merged));
            if (credit > most)
            {
                (best, most) = (judge, credit);
            }
        }

        return best;
    }
}
