using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks.Learning;

/// <summary>
/// What is learned on recorded answers of real models holds on questions that were not seen: the means of 20 half splits. Abstention is the mean of 40 splits
/// into thirds, and of 200 with CONSENSUS_LONG=1.
/// </summary>
public class RecordedSplitsTests(ITestOutputHelper output)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("CONSENSUS_LONG") == "1";

    [Fact]
    public async Task AnUnevenPanelIsLearnedAndAbstains()
    {
        var report = await SplitAsync("mmlu-pro-diverse9");
        Assert.True(report.Learned >= report.Plurality + 0.05 && report.Learned >= report.BestSingle + 0.01, Told(report));
        Assert.True(report.LearnedAuroc >= 0.775 && report.LearnedAuroc >= report.ShareAuroc - 0.01, Told(report));
        Abstains(report, 0.2, 0.6);
    }

    [Fact]
    public async Task CodeIsLearnedAndAbstains()
    {
        var report = await SplitAsync("crux7");
        Assert.True(report.Learned >= report.Plurality + 0.015, Told(report));
        Assert.True(report.LearnedAuroc >= 0.89 && report.LearnedAuroc >= report.ShareAuroc - 0.01, Told(report));
        Abstains(report, 0.1, 0.75);
    }

    [Fact]
    public async Task AnEvenPanelIsLeftToPluralityAndAbstains()
    {
        var report = await SplitAsync("gsm8k-mid9");
        Assert.True(report.Learned >= report.Plurality - 0.002, Told(report));
        Assert.True(report.LearnedAuroc >= 0.9 && report.LearnedAuroc >= report.ShareAuroc - 0.01, Told(report));
        Abstains(report, 0.05, 0.7);
    }

    [Theory]
    [InlineData("mmlu-pro-mid7")]
    [InlineData("gsm8k-frontier5")]
    public async Task OtherEvenPanelsLoseNothing(string suite)
    {
        var report = await SplitAsync(suite, "0");
        Assert.True(report.Learned >= report.Plurality - 0.002, Told(report));
        Assert.True(report.LearnedAuroc >= report.ShareAuroc - 0.01, Told(report));
    }

    private static void Abstains(SplitsReport report, double target, double coverage)
    {
        var abstention = report.Abstention.Single(a => a.Target == target);

        // Of 40 splits the share that holds has a standard error of .04, and the coverage one of .04.
        var slack = Long ? 0 : 0.05;
        Assert.True(abstention.Held >= 0.9 - slack && abstention.Coverage >= coverage - slack, Told(report));
    }

    private static string Told(SplitsReport report) => JsonSerializer.Serialize([report], ConsensusJson.Default.IReadOnlyListSplitsReport);

    private async Task<SplitsReport> SplitAsync(string suite, string? thirds = null)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync("bench", "splits", SuiteFolder.PathOf(suite), "--thirds", thirds ?? (Long ? "200" : "40"), "--json", "-"));
        using var document = JsonDocument.Parse(terminal.Out);
        SchemaCheck.Validates("bench-splits", document.RootElement);
        var report = Assert.Single(document.RootElement.Deserialize(ConsensusJson.Default.IReadOnlyListSplitsReport)!);
        output.WriteLine(Told(report));
        Assert.All((SplitCalibration[])[report.LearnedCalibration, report.MajorityCalibration], c => Assert.InRange(c.Ratio, 0, 1.1));
        return report;
    }
}
