using Consensus.Core.Judging;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Judging;

public class PanelReportProperties
{
    private static readonly double[] Weights = [0.7, -0.2, 1.1];

    [Property]
    public void EveryFigureIsInItsRange(ulong seed)
    {
        foreach (var rule in new[] { PanelRule.Median, PanelRule.Anchored(Weights) })
        {
            var report = PanelReport.Of(Made.Draw(seed), rule);
            Assert.All(report.Candidates, c => Assert.All(new[] { c.Score, c.WinRate, c.HallucinationRate }, Share));
            Assert.All(report.Judges, j => Assert.All(new[] { j.Mean, j.FlipRate, j.FirstShown }, Share));
            Assert.All(report.Judges, j => Assert.InRange(j.LengthCorrelation ?? 0, -1, 1));
            Assert.InRange(report.Alpha ?? 0, -1, 1);
        }
    }

    [Property]
    public void TheOrderOfTheJudgesDoesNotMatter(ulong seed)
    {
        var run = Made.Draw(seed);
        var turned = run with
        {
            Marks = [.. run.Marks.Reverse()],
            Pairs = [.. run.Pairs.Select(pair => pair with { Votes = [.. pair.Votes.Reverse()] })],
            Claims = [.. run.Claims.Select(claim => claim with { Labels = [.. claim.Labels.Reverse()] })],
        };
        var (a, b) = (PanelReport.Of(run, PanelRule.Anchored(Weights)), PanelReport.Of(turned, PanelRule.Anchored([.. Weights.Reverse()])));
        Assert.Equal(a.Candidates, b.Candidates);
        Assert.Equal(a.Leaders, b.Leaders);
        Assert.Equal(a.Judges, b.Judges.Reverse());
    }

    [Property]
    public void WhichOutputIsCalledOneDoesNotMatter(ulong seed)
    {
        var run = Made.Draw(seed);
        var turned = run with
        {
            Pairs = [.. run.Pairs.Select(pair => new ComparedPair(pair.Two, pair.One, [.. pair.Votes.Select(vote => new TwoOrderVote(-vote.Ba, -vote.Ab))]))],
        };
        var (a, b) = (PanelReport.Of(run, PanelRule.Anchored(Weights)), PanelReport.Of(turned, PanelRule.Anchored(Weights)));
        Assert.Equal(a.Candidates, b.Candidates);
        Assert.Equal(a.Judges, b.Judges);
        Assert.Equal(a.Leaders, b.Leaders);
    }

    [Property]
    public void ABetterGradeNeverLowersACandidateOrRaisesAnother(ulong seed, byte judge, byte candidate)
    {
        var run = Made.Draw(seed);
        var (row, place) = (judge % run.Marks.Count, candidate % run.Candidates.Count);
        if (run.Marks[row][place].Score is not { } score)
        {
            return;
        }

        var better = run.Marks.Select(marks => marks.ToArray()).ToArray();
        better[row][place] = new RubricMark(Asked: true, Math.Min(1, score + 0.3));
        var (before, after) = (PanelReport.Of(run, PanelRule.Median), PanelReport.Of(run with { Marks = better }, PanelRule.Median));
        Assert.True(after.Candidates[place].Score >= before.Candidates[place].Score);
        Assert.All(Enumerable.Range(0, 4).Where(i => i != place), i => Assert.Equal(before.Candidates[i], after.Candidates[i]));
        Assert.True(!before.Leaders.Contains(place) || after.Leaders.Contains(place));
    }

    [Property]
    public void ThePanelDecidesAPairAsTheBenchmarkDoes(ulong seed)
    {
        var panel = new AnchoredPanel { Weights = Weights, Best = 0, FellBack = false, Gain = null, Regularisation = null };
        Assert.All(Made.Draw(seed).Pairs, pair =>
        {
            var judged = new JudgedPair(pair.Votes, 1);
            Assert.Equal(panel.Decide(judged), PanelRule.Anchored(Weights).Decide(pair.Votes));
            Assert.Equal(PanelVote.BothOrders(judged), PanelRule.Median.Decide(pair.Votes));
        });
    }

    private static void Share(double? value) => Assert.InRange(value ?? 0, 0, 1);
}
