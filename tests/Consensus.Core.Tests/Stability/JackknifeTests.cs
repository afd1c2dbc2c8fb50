using Consensus.Core.Deciding;
using Consensus.Core.Stability;
using Consensus.Core.Tests.Deciding;

namespace Consensus.Core.Tests.Stability;

public class JackknifeTests
{
    [Fact]
    public void NarrowMajorityIsFragileAndNamesWhoCouldFlipIt()
    {
        var report = Panel.Of("A", "A", "A", "B", "B").Decide().Stability;
        Assert.Equal(StabilityLevel.Fragile, report.Level);
        Assert.Equal(["m0", "m1", "m2"], report.FlipSet);
        Assert.Equal(0.4, report.Score!.Value, 12);
    }

    [Fact]
    public void WideMajorityIsStable()
    {
        var report = Panel.Of("A", "A", "A", "A", "B").Decide().Stability;
        Assert.Equal((StabilityLevel.Stable, 1.0), (report.Level, report.Score));
        Assert.Empty(report.FlipSet);
    }

    [Fact]
    public void FamilyThatVotesTogetherCanFlipWhatNoModelCan()
    {
        // Families f0 = {m0, m1}, f1 = {m2, m3}, f2 = {m4}: without f0 it stands two against one.
        var report = Panel.Of("A", "A", "A", "B", "A").Decide().Stability;
        Assert.Equal(StabilityLevel.Stable, report.Level);
        Assert.Empty(report.FamilyFlipSet);
        var split = Panel.Of("A", "A", "B", "A", "B", "A").Decide(quorum: 0.6).Stability;
        Assert.Contains("f0", split.FamilyFlipSet);
    }

    [Fact]
    public void LosingADissenterOnlyStrengthensTheVerdict()
    {
        var decision = Panel.Of("A", "A", "B", null).Decide();
        Assert.Equal(DecisionOutcome.Plurality, decision.Outcome);
        Assert.Equal(["m0", "m1"], decision.Stability.FlipSet);
    }

    [Fact]
    public void TieIsContested() => Assert.Equal(StabilityLevel.Contested, Panel.Of("A", "A", "B", "B").Decide().Stability.Level);

    [Theory]
    [InlineData("A", null, null)]
    [InlineData("A", "A", null)]
    public void TooFewVotesAreInsufficient(string? a, string? b, string? c)
    {
        var report = Panel.Of(a, b, c).Decide().Stability;
        Assert.Equal((StabilityLevel.Insufficient, null), (report.Level, report.Score));
    }

    [Fact]
    public void SamplesOfOneModelAreLeftOutOneByOne()
    {
        var input = Panel.Of("A", "A", "A", "B", "B").Input(Strategies.SelfConsistency);
        var report = Decider.Decide(input with { Candidates = [.. input.Candidates.Select(c => c with { Model = "m", Family = "f" })] }).Stability;
        Assert.Equal(StabilityLevel.Fragile, report.Level);
        Assert.Equal(["m"], report.FlipSet);
        Assert.Equal(0.4, report.Score!.Value, 12);
        Assert.Null(report.FamilyScore);
    }
}
