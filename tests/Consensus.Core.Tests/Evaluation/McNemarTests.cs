using Consensus.Core.Evaluation;
using Consensus.Core.Tests.Calibration;

namespace Consensus.Core.Tests.Evaluation;

public class McNemarTests
{
    [Fact]
    public void AgreesWithTheExampleOfArmitageAndBerry() =>
        // "Statistical Methods in Medical Research" (1994), p. 127: two media for tubercle bacilli, 12 and 2 discordant; P = 0.0129.
        Assert.Equal(0.0129, Math.Round(McNemar.ExactP(12, 2), 4));

    [Fact]
    public void AgreesWithTheTableOfBentur() =>
        // In Fagerland, Lydersen and Laake (2013), "The McNemar test for binary matched-pairs data", table 1: 1 and 7 discordant, so 2 · (1 + 8) / 2⁸.
        Assert.Equal(18 / 256.0, McNemar.ExactP(1, 7), 12);

    [Fact]
    public void AgreesWithScipy() => Assert.All(CalibrationOracle.Read.McNemar, static expected =>
    {
        Assert.Equal(expected.P, McNemar.ExactP(expected.B, expected.C), 1e-10);
        Assert.Equal(expected.P, McNemar.ExactP(expected.C, expected.B), 1e-10);
    });

    [Fact]
    public void RefusesNegativeCounts() => Assert.Throws<ArgumentOutOfRangeException>(static () => McNemar.ExactP(-1, 2));
}
