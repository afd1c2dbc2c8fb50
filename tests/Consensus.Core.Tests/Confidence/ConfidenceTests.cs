using Consensus.Core.Confidence;

namespace Consensus.Core.Tests.Confidence;

public class ConfidenceTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.6)]
    public void LoneModelGetsItsReliability(double reliability) =>
        Assert.Equal(reliability, ReliabilityPosterior.Of(0, [0], [reliability], 3), 9);

    [Fact]
    public void TwoAgreeingModelsFollowBayes()
    {
        // r = .8 each, two wrong alternatives: .64 against two wrong answers of .1 · .1 each.
        Assert.Equal(0.64 / (0.64 + (2 * 0.01)), ReliabilityPosterior.Of(0, [0, 0], [0.8, 0.8], 3), 12);
    }

    [Fact]
    public void TwoDisagreeingModelsShareTheBelief()
    {
        // .8·.1 for each of the two answers, .1·.1 for the third alternative.
        Assert.Equal(0.08 / (0.16 + 0.01), ReliabilityPosterior.Of(0, [0, 1], [0.8, 0.8], 3), 12);
    }

    [Fact]
    public void DirichletMeanIsThePosteriorMean() => Assert.Equal(5.5 / 7, DirichletConfidence.Of(5, 5, 3), 12);
}
