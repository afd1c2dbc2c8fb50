using Consensus.Core.Numerics;

namespace Consensus.Core.Judging;

/// <summary>Deals items into a half to fit on and a half to test on.</summary>
public static class HalfSplits
{
    /// <summary>Deals them at random, every stratum into halves of equal size as far as its number allows.</summary>
    /// <param name="strata">One entry per item: what it has in common with the items of the same word.</param>
    /// <param name="seed">Equal seeds deal equally.</param>
    /// <returns>One entry per item: whether it is to be fitted on.</returns>
    public static bool[] Deal(IReadOnlyList<string> strata, ulong seed)
    {
        var order = new SeededRandom(seed).Permutation(strata.Count);
        var fitting = new bool[strata.Count];
        var place = 0;

        // Every second item in an order that holds strata together; the sort is stable.
        foreach (var item in order.OrderBy(item => strata[item], StringComparer.Ordinal))
        {
            fitting[item] = place++ % 2 == 0;
        }

        return fitting;
    }
}
