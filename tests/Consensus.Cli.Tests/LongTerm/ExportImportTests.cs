using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Cli.Tests.LongTerm;

public sealed class ExportImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-export-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WhatIsExportedIsImportedIntoANewLogOnceAndVerified()
    {
        await StoreAsync("one");

        var exported = new CapturedTerminal();
        Assert.Equal(0, await exported.RunAsync("export", "--storage", At("one"), "--to", At("export"), "--created-from", "2026-01-01", "--json", "-"));
        var manifest = JsonSerializer.Deserialize(exported.Out, ConsensusJson.Default.ExportManifest)!;
        Assert.Equal(2, manifest.Rows["runs"]);

        Assert.Contains("2 of 2 runs would be imported, 0 were there, 0 refused", await ImportAsync(0, "--dry-run"), StringComparison.Ordinal);
        Assert.Contains("2 of 2 runs imported, 0 were there, 0 refused", await ImportAsync(0), StringComparison.Ordinal);
        Assert.Contains("0 of 2 runs imported, 2 were there, 0 refused", await ImportAsync(0), StringComparison.Ordinal);
        Assert.Equal(0, await new CapturedTerminal().RunAsync("verify-audit", "--storage", At("two")));

        var again = new CapturedTerminal();
        Assert.Equal(0, await again.RunAsync("export", "--storage", At("two"), "--to", At("again"), "--format", "ndjson.gz", "--json", "-"));
        Assert.Equal(manifest.RecordsSha256, JsonSerializer.Deserialize(again.Out, ConsensusJson.Default.ExportManifest)!.RecordsSha256);
    }

    [Fact]
    public async Task WhatCannotBeDoneIsToldInALine()
    {
        await StoreAsync("one");
        var none = new CapturedTerminal();
        Assert.Equal(1, await none.RunAsync("export", "--storage", At("none"), "--to", At("export")));
        Assert.Contains("There is no run log", none.Error, StringComparison.Ordinal);

        var reversed = new CapturedTerminal();
        Assert.Equal(1, await reversed.RunAsync("export", "--to", At("export"), "--created-from", "2026-02-01", "--created-before", "2026-01-01"));
        Assert.Contains("later than", reversed.Error, StringComparison.Ordinal);
        Assert.Equal(1, await new CapturedTerminal().RunAsync("export", "--to", At("export"), "--created-from", "yesterday"));
        Assert.Equal(1, await new CapturedTerminal().RunAsync("export", "--to", At("export"), "--format", "csv"));

        var full = new CapturedTerminal();
        Assert.Equal(1, await full.RunAsync("export", "--storage", At("one"), "--to", At("one")));
        Assert.Contains("is not empty", full.Error, StringComparison.Ordinal);

        var nothing = new CapturedTerminal();
        Assert.Equal(1, await nothing.RunAsync("import", At("one"), "--storage", At("two")));
        Assert.Contains("manifest.json", nothing.Error, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> ImportAsync(int exitCode, params string[] more)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal((exitCode, ""), (await terminal.RunAsync(["import", At("export"), "--storage", At("two"), .. more]), terminal.Error));
        return terminal.Out;
    }

    private async Task StoreAsync(string folder)
    {
        await using var log = await RunLog.OpenAsync(
            Path.Combine(At(folder), RunLogRegistration.FileName), new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        foreach (var year in (int[])[2025, 2026, 2026])
        {
            var at = new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero);
            var run = new ConsensusResponse
            {
                RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, Strategy = "majority", CreatedAt = at, FinishedAt = at, Request = new StoredRequest { Prompt = "x" },
                Clusters = [], Links = new Dictionary<string, string>(),
            };
            await log.SaveAsync(new RunRecord(run, null, "here"), TestContext.Current.CancellationToken);
        }
    }
}
