using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Benchmarks;

/// <summary>The built command against the running system and its simulated models.</summary>
[Collection(SharedSystemGroup.Name)]
public sealed class LiveBenchTests(SharedSystem shared) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-bench-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ABoundedLoadIsMeasured()
    {
        var report = JsonSerializer.Deserialize(await RunAsync("bench", "live", "--url", Url, "--requests", "12", "--concurrency", "3"), ConsensusJson.Default.LiveReport)!;

        Assert.Equal(12, report.Requests);
        Assert.Equal(report.Requests, report.Completed + report.Errors.Values.Sum());
        Assert.Empty(report.Errors);
        Assert.True(report.RunsPerSecond > 0);
        foreach (var figures in (LatencyFigures?[])[report.LatencyMs, report.OverheadMs, report.SystemOverheadMs])
        {
            Assert.True(figures is { P50: > 0 } && figures.P50 <= figures.P95 && figures.P95 <= figures.P99, $"{figures}");
        }

        Assert.True(report.OverheadMs!.P50 < report.LatencyMs!.P50);
    }

    [Fact]
    public async Task TheSystemAnswersASuiteAndItsResultIsPublished()
    {
        var suite = Path.Combine(_folder.FullName, "products.jsonl");
        (int A, int B)[] products = [(17, 23), (6, 7), (12, 11), (9, 8)];
        await File.WriteAllLinesAsync(suite, products.Select(static (p, i) =>
            $$"""{"id":"q{{i}}","kind":"number","question":"What is {{p.A}} * {{p.B}}?","gold":"{{p.A * p.B}}","responses":[{"model":"recorded","text":"0"}]}"""), Token);

        var result = JsonSerializer.Deserialize(await RunAsync("bench", "run", suite, "--live", Url, "--publish", Url), ConsensusJson.Default.BenchmarkResult)!;

        Assert.Equal((1, 4), (result.Accuracy.Value, result.Items));
        Assert.Equal([], result.Errors!);
        Assert.True(result.LatencyMs is { P50: > 0 });
        Assert.Equal(5, result.ByModel.Count);
        Assert.DoesNotContain("recorded", result.ByModel.Keys);
        var listed = await shared.System.Client.ListBenchmarksAsync(new() { Suite = "products" }, Token);
        var stored = await shared.System.Client.GetBenchmarkAsync(Assert.Single(listed.Items).Id, Token);
        Assert.Equal(Text(result), Text(stored.Result));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Url => shared.System.Http.BaseAddress!.ToString();

    private static string Text(BenchmarkResult result) => JsonSerializer.Serialize(result, ConsensusJson.Default.BenchmarkResult);

    private async Task<string> RunAsync(params string[] args)
    {
        var output = Path.Combine(_folder.FullName, "out.json");
        var environment = new Dictionary<string, string?> { ["CONSENSUS_API_KEY"] = SharedSystem.AdminKey };
        await using var command = RunningProcess.Start("dotnet", [Repository.Assembly("Cli"), .. args, "--json", output], environment);
        Assert.True(await command.ExitAsync(TimeSpan.FromMinutes(2)) == 0, command.Lines.All);
        return await File.ReadAllTextAsync(output, Token);
    }
}
