using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

/// <summary>The report on the recorded judges, measured once for all tests.</summary>
internal static class RecordedJudges
{
    private static readonly Lazy<Task<JudgesReport>> Report = new(MeasureAsync);

    /// <summary>Skips the test where the suite is not there.</summary>
    public static Task<JudgesReport> ReportAsync()
    {
        SuiteFolder.PathOf("judges-llmbar");
        return Report.Value;
    }

    private static async Task<JudgesReport> MeasureAsync()
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync("bench", "judges", SuiteFolder.PathOf("judges-llmbar"), "--json", "-"));
        return JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.JudgesReport)!;
    }
}
