using Consensus.Core.Agreement;

namespace Consensus.Core.Tests.Agreement;

public class SemanticEntropyTests
{
    [Fact]
    public void AllDifferentIsOne() => Assert.Equal(1, SemanticEntropy.Of([1, 1, 1, 1], 4), 12);

    [Fact]
    public void OneClusterIsZero() => Assert.Equal(0, SemanticEntropy.Of([5], 5));

    [Fact]
    public void HalfAndHalfOfFourIsHalf() => Assert.Equal(0.5, SemanticEntropy.Of([2, 2], 4), 12);

    [Fact]
    public void SingleAnswerIsZero() => Assert.Equal(0, SemanticEntropy.Of([1], 1));
}
