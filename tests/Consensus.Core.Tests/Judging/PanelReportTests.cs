using Consensus.Core.Judging;

namespace Consensus.Core.Tests.Judging;

public class PanelReportTests
{
    [Fact]
    public void ACriterionWithoutAGradeLeavesTheCandidateUnscored()
    {
        Assert.Equal(0.7, RubricScore.Of([(3, 0.8), (1, 0.4)])!.Value, 12);
        Assert.Null(RubricScore.Of([(3, 0.8), (1, null)]));
        Assert.Null(RubricScore.Of([]));
    }

    [Fact]
    public void ACandidatesScoreIsTheMedianOfThoseWhoScoredIt()
    {
        var report = PanelReport.Of(Made.Run([[0.2, null], [0.4, null], [null, null], [0.9, null]]), PanelRule.Median);
        Assert.Equal(new CandidateFigures(0.4, 3, 4, null, null), report.Candidates[0]);
        Assert.Equal(new CandidateFigures(null, 0, 4, null, null), report.Candidates[1]);
        Assert.Equal([0], report.Leaders);
    }

    [Fact]
    public void ARecusedJudgeWasNotAsked()
    {
        var run = Made.Run([[0.2, 0.4]]) with { Marks = [[new(Asked: false, null), new(Asked: true, 0.4)], [new(Asked: true, 0.6), new(Asked: true, null)]] };
        var candidates = PanelReport.Of(run, PanelRule.Median).Candidates;
        Assert.Equal((1, 1), (candidates[0].Scored, candidates[0].Asked));
        Assert.Equal((1, 2), (candidates[1].Scored, candidates[1].Asked));
    }

    [Fact]
    public void AJudgesFiguresAreOfItsOwnVerdicts()
    {
        // Judge 0 always prefers what it sees first, judge 1 the longer text whatever the order; judge 2 sees a tie in one order and is unusable in the other.
        var run = Made.Run([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.5, 0.5, 0.5]], [10, 20, 30]) with
        {
            Pairs = [Made.Pair(0, 1, "1-2", "2-2", "t-0"), Made.Pair(0, 2, "1-2", "2-2", "0-0")],
        };
        var judges = PanelReport.Of(run, PanelRule.Median).Judges;
        Assert.Equal((1, 1), (judges[0].FlipRate, judges[0].FirstShown));
        Assert.Equal((0, 0.5), (judges[1].FlipRate, judges[1].FirstShown));
        Assert.Equal((null, 0.5), (judges[2].FlipRate, judges[2].FirstShown));
        Assert.Equal(1, judges[0].LengthCorrelation!.Value, 9);
        Assert.Equal(-1, judges[1].LengthCorrelation!.Value, 9);
        Assert.Null(judges[2].LengthCorrelation);
        Assert.Equal(0.2, judges[0].Mean!.Value, 12);
    }

    [Fact]
    public void PairsAreWonByTheRuleOfThePanel()
    {
        // Two judges for output 1, one for output 2; the weights trust the one, and hold that the others speak against what they name.
        var run = Made.Run([[null, null], [null, null], [null, null]]) with { Pairs = [Made.Pair(0, 1, "1-1", "1-1", "2-2")] };
        var (median, anchored) = (PanelReport.Of(run, PanelRule.Median), PanelReport.Of(run, PanelRule.Anchored([-0.1, -0.2, 1])));
        Assert.Equal([1.0, 0.0], median.Candidates.Select(c => c.WinRate!.Value));
        Assert.Equal([0.0, 1.0], anchored.Candidates.Select(c => c.WinRate!.Value));
        Assert.Empty(median.Leaders);
        Assert.Equal([1], anchored.Leaders);
    }

    [Fact]
    public void ThreeThatBeatEachOtherInACircleAllLead()
    {
        var run = Made.Run([[0.9, 0.1, 0.5]]) with { Pairs = [Made.Pair(0, 1, "1-1"), Made.Pair(1, 2, "1-1"), Made.Pair(0, 2, "2-2")] };
        Assert.Equal([0, 1, 2], PanelReport.Of(run, PanelRule.Anchored([1])).Leaders);
        Assert.Null(PanelReport.Of(run, PanelRule.Anchored([1])).LeadingCluster);
        Assert.Equal([0], PanelReport.Of(run, PanelRule.Median).Leaders);
    }

    [Fact]
    public void LeadersOfOneClusterAgreeOnTheAnswer()
    {
        var run = Made.Run([[0.8, 0.8, 0.3]]) with { Candidates = [new(1, 4), new(2, 4), new(3, 5)] };
        Assert.Equal(4, PanelReport.Of(run, PanelRule.Median).LeadingCluster);
    }

    [Fact]
    public void APairWithoutAVerdictIsNotATie()
    {
        var run = Made.Run([[null, null]]) with { Pairs = [Made.Pair(0, 1, "0-0")] };
        var report = PanelReport.Of(run, PanelRule.Anchored([1]));
        Assert.All(report.Candidates, candidate => Assert.Null(candidate.WinRate));
        Assert.Empty(report.Leaders);
    }

    [Fact]
    public void MostJudgesSettleAClaimAndTwoThatDifferSettleItByHalf()
    {
        static CheckedClaim Claim(params ClaimLabel?[] labels) => new(0, labels);
        const ClaimLabel Yes = ClaimLabel.Supported;
        Assert.Equal(0, CheckedClaims.HallucinationRate([Claim(Yes, Yes, ClaimLabel.Contradicted)]));
        Assert.Equal(1, CheckedClaims.HallucinationRate([Claim(Yes, ClaimLabel.NotEnough, ClaimLabel.Contradicted)]));
        Assert.Equal(0.25, CheckedClaims.HallucinationRate([Claim(Yes, null, ClaimLabel.NotEnough), Claim(Yes, null, null), Claim(null, null, null)]));
        Assert.Null(CheckedClaims.HallucinationRate([Claim(null, null)]));
    }

    [Fact]
    public void WeightsOfAnotherPanelAreRefused() =>
        Assert.Throws<ArgumentException>(() => PanelReport.Of(Made.Run([[1, 0]]) with { Pairs = [Made.Pair(0, 1, "1-1")] }, PanelRule.Anchored([1, 1])));
}
