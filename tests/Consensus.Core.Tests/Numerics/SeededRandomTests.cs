using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Numerics;

public class SeededRandomTests
{
    [Fact]
    public void TheStreamOfASeedIsFixed()
    {
        // An independent xoshiro256** in Python (whole numbers modulo 2^64), its state filled by SplitMix64 from seed 42.
        var random = new SeededRandom(42);
        Assert.Equal([1546998764402558742UL, 6990951692964543102UL, 12544586762248559009UL], [random.NextBits(), random.NextBits(), random.NextBits()]);
    }

    [Fact]
    public void WholeNumbersAreSpreadEvenly()
    {
        var random = new SeededRandom(7);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;

        // Each count is binomial with a standard deviation of 93.
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void AFractionIsBelowOne()
    {
        var random = new SeededRandom(1);
        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.InRange(random.NextDouble(), 0, 0.9999999999999999));
    }

    [Fact]
    public void APermutationHasEveryNumberOnce() => Assert.Equal(Enumerable.Range(0, 50), new SeededRandom(3).Permutation(50).Order());
}
