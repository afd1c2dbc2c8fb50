namespace Consensus.Cli.Tests.Benchmarks;

public class JudgesAcceptanceTests
{
    [Fact]
    public async Task AnchoredWeightsGainOnTheRecordedJudges()
    {
        var report = await RecordedJudges.ReportAsync();
        Assert.Equal((378, 10), (report.Pairs, report.Strategies.Count));

        // Measured: +2.3 points, the worst strategy 0.0.
        Assert.True(report.Mean.Gain.Value > 0.01, $"{report.Mean.Gain.Value}");
        Assert.True(report.Mean.Gain.Low > 0, $"{report.Mean.Gain.Low}");
        Assert.All(report.Strategies, s => Assert.True(s.Gain.Value > -0.015, $"{s.Strategy}: {s.Gain.Value}"));

        // Where the worse output looks better, judges share mistakes: what needs no truths is below the best judge.
        Assert.All(report.Strategies, s => Assert.True(Math.Max(s.BothOrders, s.DawidSkene) < s.Best.Accuracy, s.Strategy));
        Assert.All(report.Strategies, s => Assert.Equal("GPT-4", s.Best.Judge));
        Assert.Contains(report.Strategies, s => s.FellBack > 0.5);
    }
}
