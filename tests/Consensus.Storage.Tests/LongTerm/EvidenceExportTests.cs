using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Runs;
using Consensus.Core.Schemas;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>Evidence that leaves with its runs.</summary>
public class EvidenceExportTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();
    private readonly TemporaryEvidence _evidence = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_log.Folder, "export");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _evidence.Dispose();
        await _log.DisposeAsync();
    }

    [Theory]
    [InlineData(ExportFormat.NdjsonZst, "evidence.ndjson.zst")]
    [InlineData(ExportFormat.NdjsonGz, "evidence.ndjson.gz")]
    [InlineData(ExportFormat.Parquet, "evidence.ndjson.zst")]
    public async Task EvidenceStandsInAFileOfItsOwnWithItsChecksumAndTheHashOfItsStore(ExportFormat format, string name)
    {
        var filled = await EvidenceFill.Async(_log, _evidence);

        var manifest = await ExportAsync(format);

        var digest = await EvidenceCopy.DigestAsync(_evidence.Store, Token);
        Assert.Equal(new ExportedEvidence(name, 2, 25, digest.Passages, 12, digest.Hash), manifest.Evidence);
        var file = Assert.Single(manifest.Files, file => file.Name == name);
        Assert.Equal(file, Checksums.Of(Folder, name));
        Assert.Equal(filled.Runs.Count, manifest.Rows["runs"]);
        Assert.Equal(manifest, Read(), Alike);
        using var connection = _log.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT detail FROM audit_log WHERE action = 'runs_exported'";
        var detail = JsonNode.Parse((string)command.ExecuteScalar()!)!;
        Assert.Equal((2, 25, 12, digest.Hash), ((int)detail["collections"]!, (int)detail["documents"]!, (int)detail["evidenceRecords"]!, (string)detail["evidenceSha256"]!));
    }

    [Fact]
    public async Task EveryLineIsAsItsSchemaSaysAndTheSameStoreGivesTheSameLines()
    {
        await EvidenceFill.Async(_log, _evidence);
        await ExportAsync(ExportFormat.NdjsonGz);
        var lines = Lines(Folder, ExportFormat.NdjsonGz);
        var schema = EvidenceSchemas.Read("line");

        Assert.Equal(2 + 25 + 12, lines.Length);
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            Assert.Null(SchemaFaults.Find(schema, json.RootElement));
        }

        Assert.Equal(["collection", "document", "record"], lines.Select(static line => (string)JsonNode.Parse(line)!["kind"]!).Distinct());
        await _log.Log.ExportWithEvidenceAsync(new ExportOrder(Folder + "-2", ExportFormat.NdjsonZst, From: null, To: null), _evidence.Store, told: null, Token);
        Assert.Equal(lines, Lines(Folder + "-2", ExportFormat.NdjsonZst));
    }

    [Fact]
    public async Task WithARangeRecordsLeaveWithTheirRunsAndCollectionsWithTheirRecords()
    {
        var filled = await EvidenceFill.Async(_log, _evidence);
        var (from, to) = (filled.Runs[2].CreatedAt, filled.Runs[3].CreatedAt);
        var alone = RecordTests.Record(0) with { EvidenceId = Guid.CreateVersion7(), CreatedAt = from, RunId = null, Collection = null };
        await _evidence.Store.SaveEvidenceAsync(alone, "ann", Token);
        await _evidence.Store.SaveEvidenceAsync(alone with { EvidenceId = Guid.CreateVersion7(), CreatedAt = to }, "ann", Token);

        var manifest = await ExportAsync(ExportFormat.NdjsonZst, from, to);

        var lines = Lines(Folder, ExportFormat.NdjsonZst).Select(static line => EvidenceLine.Read(line)).ToList();
        var records = lines.Where(static line => line.Record is not null).Select(static line => line.Record!.Record).ToList();
        Assert.Equal(new HashSet<Guid?> { filled.Runs[2].RunId, null }, records.Select(static record => record.RunId).ToHashSet());
        Assert.Equal(alone.EvidenceId, Assert.Single(records, static record => record.RunId is null).EvidenceId);
        Assert.Equal([filled.Collections[0]], lines.Where(static line => line.Collection is not null).Select(static line => line.Collection!.Id));
        Assert.Equal((1, 20, 2), (manifest.Evidence!.Collections, manifest.Evidence.Documents, manifest.Evidence.Records));
    }

    [Fact]
    public async Task OfRunsThatWereErasedOrAreNotFinishedNoRecordLeaves()
    {
        var filled = await EvidenceFill.Async(_log, _evidence);
        await _log.Log.DeleteAsync(filled.Runs[0].RunId, static _ => true, by: null, Token);
        var running = Make.Run(RunStatus.Running);
        await _log.SaveAsync(running);
        await _evidence.Store.SaveEvidenceAsync(RecordTests.Record(3) with { RunId = running.RunId, EvidenceId = Guid.CreateVersion7() }, null, Token);

        var manifest = await ExportAsync(ExportFormat.NdjsonZst);

        var runs = Lines(Folder, ExportFormat.NdjsonZst).Select(static line => EvidenceLine.Read(line).Record?.Record.RunId).OfType<Guid>().ToList();
        Assert.Equal(filled.Runs.Skip(1).Select(static run => run.RunId).Order(), runs.Order());
        Assert.Equal(11, manifest.Evidence!.Records);
    }

    [Fact]
    public async Task WithoutAStoreTheFileIsEmptyAndWithoutBeingAskedThereIsNone()
    {
        var empty = await _log.Log.ExportWithEvidenceAsync(new ExportOrder(Folder, ExportFormat.NdjsonZst, From: null, To: null), evidence: null, told: null, Token);
        Assert.Equal((0, 0, 0, 0), (empty.Evidence!.Collections, empty.Evidence.Documents, empty.Evidence.Passages, empty.Evidence.Records));
        Assert.Empty(Lines(Folder, ExportFormat.NdjsonZst));

        var alone = await _log.Log.ExportAsync(new ExportOrder(Folder + "-2", ExportFormat.NdjsonZst, From: null, To: null), told: null, Token);
        Assert.Null(alone.Evidence);
        Assert.Equal(["manifest.json", "runs.ndjson.zst"], Directory.GetFiles(Folder + "-2").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task WhatIsOfALaterVersionIsRefusedAndNoManifestIsWritten()
    {
        var filled = await EvidenceFill.Async(_log, _evidence);
        var stored = _evidence.Stored("collections", filled.Collections[0]);
        stored["schemaVersion"] = 9;
        _evidence.Change("collections", filled.Collections[0], stored);

        await Assert.ThrowsAsync<EvidenceVersionException>(() => ExportAsync(ExportFormat.NdjsonZst));

        Assert.False(File.Exists(Path.Combine(Folder, RunExport.ManifestName)));
    }

    [Fact]
    public async Task AFileThatCannotBeWrittenIsToldOfAsSuchAndTheStoreGoesOn()
    {
        await EvidenceFill.Async(_log, _evidence);
        Directory.CreateDirectory(Path.Combine(Folder, "evidence.ndjson.zst"));
        var export = new EvidenceExport(new ExportOrder(Folder, ExportFormat.NdjsonZst, From: null, To: null), new HashSet<Guid>(), static _ => { });

        var fault = await Record.ExceptionAsync(() => export.WriteAsync(_evidence.Store, Token));

        Assert.True(fault is IOException or UnauthorizedAccessException, fault?.ToString());
        Assert.Equal(25, (await EvidenceCopy.DigestAsync(_evidence.Store, Token)).Documents);
    }

    private static bool Alike(ExportManifest? one, ExportManifest? other) => Json(one) == Json(other);

    private static string Json(ExportManifest? manifest) => JsonSerializer.Serialize(manifest, ConsensusJson.Default.ExportManifest!);

    private static string[] Lines(string folder, ExportFormat format)
    {
        using var reader = new StreamReader(LineFile.Open(Path.Combine(folder, EvidenceExport.NameOf(format)), format));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private ExportManifest? Read() => JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(Folder, RunExport.ManifestName)), ConsensusJson.Default.ExportManifest);

    private Task<ExportManifest> ExportAsync(ExportFormat format, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        _log.Log.ExportWithEvidenceAsync(new ExportOrder(Folder, format, from, to), _evidence.Store, told: null, Token);
}
