using Consensus.Core.Claims;

namespace Consensus.Core.Tests.Claims;

public sealed class IdfOverlapTests
{
    [Fact]
    public void ItIsTheWeightedShareOfTheWordsThatStandInAnyOther()
    {
        // Of 3 texts "cat" is in 2 and "sat" in 1; "ran" is in none.
        var weights = WordWeights.Of(["a cat", "cat sat", "a dog", "a dog"]);
        var (cat, sat, ran) = (1 + Math.Log(4 / 3.0), 1 + Math.Log(4 / 2.0), 1 + Math.Log(4 / 1.0));
        Assert.Equal((cat + sat) / (cat + sat + ran), IdfOverlap.Of("cat sat ran cat", ["the cat", "he sat"], weights), 1e-12);
    }

    [Fact]
    public void NothingIsCoveredByNobody() => Assert.Equal(0, IdfOverlap.Of("cat", [], WordWeights.Equal));

    [Fact]
    public void AClaimWithoutWordsIsNotCovered() => Assert.Equal(0, IdfOverlap.Of("…", ["cat"], WordWeights.Equal));
}
