using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>Exports of evidence that are not what this program wrote.</summary>
public sealed class EvidenceFolderTests : IAsyncLifetime
{
    private const string Name = "evidence.ndjson.zst";

    private readonly TemporaryLog _log = new();
    private readonly TemporaryLog _other = new();
    private readonly TemporaryEvidence _evidence = new();
    private readonly TemporaryEvidence _there = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_log.Folder, "export");

    public async ValueTask InitializeAsync()
    {
        await EvidenceFill.Async(_log, _evidence);
        await _log.Log.ExportWithEvidenceAsync(new ExportOrder(Folder, ExportFormat.NdjsonZst, From: null, To: null), _evidence.Store, told: null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _evidence.Dispose();
        _there.Dispose();
        await _log.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task AFileThatWasCutOrChangedIsNamedAndNothingIsStored(int cut)
    {
        var path = Path.Combine(Folder, Name);
        var bytes = await File.ReadAllBytesAsync(path, Token);
        bytes[^1] = (byte)~bytes[^1];
        await File.WriteAllBytesAsync(path, bytes[..^cut], Token);
        await RefusedAsync(Name);

        File.Delete(path);
        await RefusedAsync(Name);
    }

    [Fact]
    public async Task WhatEarlierVersionsWroteBecomesOfThisOne()
    {
        Rewrite(lines =>
        {
            var document = lines.First(static line => (string)line["kind"]! == "document")["document"]!.AsObject();
            document["schemaVersion"] = 1;
            document.Remove("mediaType");
            document.Remove("licence");
            var record = lines.Last(static line => (string)line["kind"]! == "record");
            record["record"] = JsonNode.Parse(Repository.Read("tests/Consensus.Storage.Tests/Evidence/Fixtures/record-1.json"));
            record["record"]!["runId"] = null;
        });

        var receipt = await ImportAsync();

        Assert.Equal((25, 12), (receipt.Evidence!.Documents.Imported, receipt.Evidence.Records.Imported));
        Assert.Equal((25, 12), (receipt.Evidence.Documents.Read, receipt.Evidence.Records.Read));
        var again = await ImportAsync();
        Assert.Equal((25, 12), (again.Evidence!.Documents.Skipped, again.Evidence.Records.Skipped));
    }

    [Theory]
    [InlineData("collection", "schemaVersion")]
    [InlineData("collection", "collection.schemaVersion")]
    [InlineData("document", "document.schemaVersion")]
    [InlineData("document", "passages.schemaVersion")]
    [InlineData("record", "record.schemaVersion")]
    public async Task AVersionThatIsNotKnownIsRefusedWithItsLineBeforeAnythingIsStored(string kind, string member)
    {
        var number = 0;
        Rewrite(lines =>
        {
            number = 1 + lines.FindLastIndex(line => (string)line["kind"]! == kind);
            var parts = member.Split('.');
            (parts.Length == 1 ? lines[number - 1] : lines[number - 1][parts[0]])![parts[^1]] = 99;
        });
        await RefusedAsync($"{Name}, line {number}: ", "schema version 99");
    }

    [Theory]
    [InlineData("document", """{"contentHash":"0000000000000000000000000000000000000000000000000000000000000000"}""", "is not the one that the document says")]
    [InlineData("document", """{"collection":"0197ac40-0000-7000-8000-000000000001"}""", "is not behind its collection")]
    [InlineData("passages", """{"passages":[[0,9999999]]}""", "is not the one that the document says")]
    [InlineData("record", """{"abstained":"perhaps"}""", "is not as its schema says, at $.abstained")]
    public async Task ALineThatDoesNotHoldTogetherIsRefused(string part, string changes, string reason)
    {
        Rewrite(lines =>
        {
            foreach (var (member, value) in JsonNode.Parse(changes)!.AsObject().ToList())
            {
                lines.Last(line => line[part] is not null)[part]![member] = value!.DeepClone();
            }
        });
        await RefusedAsync(reason);
    }

    [Fact]
    public async Task LinesThatAreMissingOrNoLinesAreRefused()
    {
        Rewrite(static lines => lines.RemoveAt(lines.Count - 1));
        await RefusedAsync(Name, "the manifest counts");
        Rewrite(static lines => lines[0] = new JsonObject { ["schemaVersion"] = 1, ["kind"] = "secret" });
        await RefusedAsync(Name + ", line 1: ");
        Rewrite(static lines => lines[0] = new JsonArray());
        await RefusedAsync(Name + ", line 1: ");
    }

    [Fact]
    public async Task AManifestThatNamesOtherFilesIsRefused()
    {
        var manifest = Manifest();
        Write(manifest with { Files = [.. manifest.Files.Take(1)] });
        await RefusedAsync("does not name the files");
        Write(manifest with { Evidence = manifest.Evidence! with { File = "runs.ndjson.zst" } });
        await RefusedAsync("does not name the files");
        Write(manifest with { Evidence = null });
        await RefusedAsync("does not name the files");
    }

    private async Task RefusedAsync(params string[] said)
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(ImportAsync);
        Assert.All(said, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.Empty((await _other.ListAsync()).Items);
        var digest = await EvidenceCopy.DigestAsync(_there.Store, Token);
        Assert.Equal((0, 0), (digest.Collections, digest.Records));
    }

    private async Task<ImportReceipt> ImportAsync()
    {
        _there.Store.Dispose();
        try
        {
            return await _other.Log.ImportWithEvidenceAsync(Folder, _ => _there.Open(), dryRun: false, told: null, Token);
        }
        finally
        {
            _there.Reopen();
        }
    }

    private ExportManifest Manifest() =>
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(Folder, RunExport.ManifestName)), ConsensusJson.Default.ExportManifest)!;

    private void Write(ExportManifest manifest) =>
        File.WriteAllBytes(Path.Combine(Folder, RunExport.ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, ConsensusJson.Default.ExportManifest));

    /// <summary>Writes the file anew, with a manifest that has its checksum.</summary>
    private void Rewrite(Action<List<JsonNode>> change)
    {
        var path = Path.Combine(Folder, Name);
        List<JsonNode> lines;
        using (var reader = new StreamReader(LineFile.Open(path, ExportFormat.NdjsonZst)))
        {
            lines = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
        }

        change(lines);
        File.Delete(path);
        using (var file = new LineFile(path, ExportFormat.NdjsonZst, level: null))
        {
            lines.ForEach(line => file.Add(Encoding.UTF8.GetBytes(line.ToJsonString())));
            file.Finish();
        }

        var manifest = Manifest();
        Write(manifest with { Files = [manifest.Files[0], Checksums.Of(Folder, Name)] });
    }
}
