using System.Text.Json;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
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
    public async Task EvidenceLeavesWhenItIsAskedForAndComesBackEqualByHash()
    {
        await StoreAsync("one");
        await StoreEvidenceAsync("one", "Reports");
        var exported = new CapturedTerminal();
        Assert.Equal((0, ""), (await exported.RunAsync("export", "--storage", At("one"), "--to", At("export"), "--with", "evidence"), exported.Error));
        Assert.Matches(@"1 collections\s+2 documents\s+2 passages\s+0 evidence records", exported.Out);

        Assert.Matches(@"1 of 1 collections would be imported.*\s+2 of 2 documents would be imported", await ImportAsync(0, "--dry-run"));
        Assert.False(File.Exists(Path.Combine(At("two"), EvidenceStoreRegistration.FileName)), "A dry run makes no evidence store.");
        var receipt = JsonSerializer.Deserialize(await ImportAsync(0, "--json", "-"), ConsensusJson.Default.ImportReceipt)!;
        Assert.Equal((1, 2), (receipt.Evidence!.Collections.Imported, receipt.Evidence.Documents.Imported));
        Assert.Contains("0 of 2 documents imported, 2 were there, 0 refused", await ImportAsync(0), StringComparison.Ordinal);
        Assert.Equal(await EvidenceSha256Async("export", "one"), await EvidenceSha256Async("again", "two"));
    }

    [Fact]
    public async Task EvidenceThatIsThereOtherwiseIsNamedAndTheCommandEndsWithOne()
    {
        await StoreAsync("one");
        var (collection, first) = await StoreEvidenceAsync("one", "Reports");
        Assert.Equal(0, await new CapturedTerminal().RunAsync("export", "--storage", At("one"), "--to", At("export"), "--with", "evidence"));
        await ImportAsync(0);
        using (var store = OpenEvidence("two"))
        {
            await store.DeleteDocumentAsync(collection, first, TestContext.Current.CancellationToken);
            await AddAsync(store, collection, "The tide was high.");
        }

        var terminal = new CapturedTerminal();
        Assert.Equal(1, await terminal.RunAsync("import", At("export"), "--storage", At("two")));
        Assert.Contains("0 of 2 documents imported, 1 were there, 1 refused", terminal.Out, StringComparison.Ordinal);
        Assert.Contains($"The document {first:D} is left out: its collection has the same text under another id.", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEvidenceStoreThatIsInUseIsToldOfAndNoRunIsWritten()
    {
        await StoreAsync("one");
        await StoreEvidenceAsync("one", "Reports");
        Assert.Equal(0, await new CapturedTerminal().RunAsync("export", "--storage", At("one"), "--to", At("export"), "--with", "evidence"));
        using var one = OpenEvidence("one");
        await one.OpenAsync(TestContext.Current.CancellationToken);
        using var two = OpenEvidence("two");
        await two.OpenAsync(TestContext.Current.CancellationToken);

        foreach (var command in (string[][])[["export", "--to", At("again"), "--with", "evidence", "--storage", At("one")], ["import", At("export"), "--storage", At("two")]])
        {
            var terminal = new CapturedTerminal();
            Assert.Equal(1, await terminal.RunAsync(command));
            Assert.Contains("another process has it open", terminal.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(At("again")), "Nothing of an export was begun.");
        two.Dispose();
        Assert.Contains("3 of 3 runs imported", await ImportAsync(0), StringComparison.Ordinal);
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
        Assert.Equal(1, await new CapturedTerminal().RunAsync("export", "--to", At("export"), "--with", "keys"));

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

    private async Task<string> EvidenceSha256Async(string folder, string storage)
    {
        if (!Directory.Exists(At(folder)))
        {
            Assert.Equal(0, await new CapturedTerminal().RunAsync("export", "--storage", At(storage), "--to", At(folder), "--with", "evidence", "--format", "ndjson.gz"));
        }

        var manifest = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(At(folder), "manifest.json")), ConsensusJson.Default.ExportManifest)!;
        return manifest.Evidence!.Sha256;
    }

    private EvidenceStore OpenEvidence(string folder) =>
        EvidenceStore.OfFile(Path.Combine(At(folder), EvidenceStoreRegistration.FileName), TimeProvider.System, NullLogger.Instance);

    /// <summary>A collection of two documents; gives its id and that of the first.</summary>
    private async Task<(Guid Collection, Guid First)> StoreEvidenceAsync(string folder, string name)
    {
        using var store = OpenEvidence(folder);
        var collection = (await store.CreateCollectionAsync(new NewCollection { Name = name }, "ann", TestContext.Current.CancellationToken))!.Id;
        var first = await AddAsync(store, collection, "The tide was high.");
        await AddAsync(store, collection, "The quay was dry.");
        return (collection, first);
    }

    private static async Task<Guid> AddAsync(EvidenceStore store, Guid collection, string text) => (await store.AddDocumentAsync(
        collection, new NewDocument(text, "text/plain", null, null, null), static _ => true, TestContext.Current.CancellationToken)).Document!.Id;

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
