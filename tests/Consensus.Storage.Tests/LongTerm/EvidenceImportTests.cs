using System.Text.Json.Nodes;
using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>Evidence that comes back with its runs.</summary>
public class EvidenceImportTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();
    private readonly TemporaryLog _other = new();
    private readonly TemporaryEvidence _evidence = new(isOnServer: false);
    private readonly TemporaryEvidence _there = new();
    private int _exports;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _evidence.Dispose();
        _there.Dispose();
        await _log.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task FromAFileIntoAFileAndAServerAndBackItIsTheSameByHashAndIsSearchedAlike()
    {
        using var server = new TemporaryEvidence(isOnServer: true);
        using var back = new TemporaryEvidence(isOnServer: false);
        await using var last = new TemporaryLog();
        var filled = await EvidenceFill.Async(_log, _evidence);
        var first = await ExportAsync(_log, _evidence);
        await using var middle = new TemporaryLog();

        var counts = await ImportAsync(middle, server, 1);
        var second = await ExportAsync(middle, server);
        await ImportAsync(last, back, 2);
        var third = await ExportAsync(last, back);

        Assert.Equal((new ImportedCounts(2, 2, 0, 0), new ImportedCounts(25, 25, 0, 0), new ImportedCounts(12, 12, 0, 0)), (counts.Collections, counts.Documents, counts.Records));
        Assert.Empty(counts.Refused);
        Assert.Equal(first.Evidence, second.Evidence);
        Assert.Equal(first.Evidence, third.Evidence);
        Assert.Equal(Sha(first), Sha(third));
        var digest = await EvidenceCopy.DigestAsync(_evidence.Store, Token);
        Assert.Equal([digest, digest], [await EvidenceCopy.DigestAsync(server.Store, Token), await EvidenceCopy.DigestAsync(back.Store, Token)]);
        foreach (var collection in filled.Collections)
        {
            var expected = (await _evidence.SearchAsync(collection, "tide at the quay", 100)).Items;
            Assert.NotEmpty(expected);
            Assert.Equal(expected, (await server.SearchAsync(collection, "tide at the quay", 100)).Items);
            Assert.Equal(expected, (await back.SearchAsync(collection, "tide at the quay", 100)).Items);
        }

        Assert.Equal(_evidence.Store.Holding, server.Store.Holding);
        Assert.Equal(_evidence.Store.Holding, back.Store.Holding);
    }

    [Fact]
    public async Task ARepeatedImportChangesNothingAndADryRunStoresNothing()
    {
        await EvidenceFill.Async(_log, _evidence);
        var manifest = await ExportAsync(_log, _evidence);

        var dry = await ImportAsync(_other, _there, 1, dryRun: true);
        Assert.Equal((2, 25, 12), (dry.Collections.Imported, dry.Documents.Imported, dry.Records.Imported));
        Assert.Equal(0, (await EvidenceCopy.DigestAsync(_there.Store, Token)).Collections);
        Assert.Empty((await _other.ListAsync()).Items);
        var none = await _other.Log.ImportWithEvidenceAsync(Folder(1), static _ => null, dryRun: true, told: null, Token);
        Assert.Equal((dry.Collections, dry.Documents, dry.Records), (none.Evidence!.Collections, none.Evidence.Documents, none.Evidence.Records));

        await ImportAsync(_other, _there, 1);
        var whole = await EvidenceCopy.DigestAsync(_there.Store, Token);
        Assert.Equal(manifest.Evidence!.Sha256, whole.Hash);
        foreach (var dryRun in (bool[])[true, false])
        {
            var again = await ImportAsync(_other, _there, 1, dryRun);
            Assert.Equal(
                (new ImportedCounts(2, 0, 2, 0), new ImportedCounts(25, 0, 25, 0), new ImportedCounts(12, 0, 12, 0)), (again.Collections, again.Documents, again.Records));
            Assert.Equal(whole, await EvidenceCopy.DigestAsync(_there.Store, Token));
        }

        Assert.Equal([(2, 25, 12), (0, 0, 0)], Audited());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatIsThereOtherwiseStaysAndIsRefusedAndNamedAndTheRestComes(bool dryRun)
    {
        var filled = await EvidenceFill.Async(_log, _evidence);
        await ExportAsync(_log, _evidence);
        await ImportAsync(_other, _there, 1);
        var (whole, changed) = (filled.Collections[0], filled.Collections[1]);
        var documents = (await _there.Store.ListDocumentsAsync(whole, 100, null, Token)).Items;
        Change("documents", documents[0].Id, "title", "Another title");
        var text = (await _there.Store.FindDocumentAsync(whole, documents[1].Id, Token))!.Text!;
        await _there.Store.DeleteDocumentAsync(whole, documents[1].Id, Token);
        await _there.AddAsync(whole, text);
        await _there.Store.DeleteDocumentAsync(whole, documents[2].Id, Token);
        Change("collections", changed, "name", "Another name");
        var records = (await _there.Store.ListEvidenceAsync(new EvidenceFilter { KeyId = "ann" }, Token)).Items;
        Change("records", records[0].EvidenceId, "question", "Another question?");
        await _there.Store.DeleteEvidenceAsync(records[1].EvidenceId, static _ => true, Token);
        var before = await EvidenceCopy.DigestAsync(_there.Store, Token);

        var counts = await ImportAsync(_other, _there, 1, dryRun);

        Assert.Equal((new ImportedCounts(2, 0, 1, 1), new ImportedCounts(25, 1, 17, 7), new ImportedCounts(12, 1, 10, 1)), (counts.Collections, counts.Documents, counts.Records));
        Assert.Equal(5, counts.Refused.Count(static refused => refused == refused with { Kind = "document", Reason = "collection_refused" }));
        Assert.Equal(
            [
                new RefusedEvidence("collection", changed, "differs"), new RefusedEvidence("document", documents[0].Id, "differs"),
                new RefusedEvidence("document", documents[1].Id, "same_text"), new RefusedEvidence("record", records[0].EvidenceId, "differs"),
            ],
            counts.Refused.Where(static refused => refused.Reason != "collection_refused").OrderBy(static refused => refused.Kind).ThenBy(static refused => refused.Reason));
        Assert.Equal(dryRun, before == await EvidenceCopy.DigestAsync(_there.Store, Token));
        Assert.Equal("Another title", (await _there.Store.FindDocumentAsync(whole, documents[0].Id, Token))!.Title);
        Assert.Equal(dryRun, await _there.Store.FindDocumentAsync(whole, documents[2].Id, Token) is null);
        Assert.Equal(dryRun ? 19 : 20, (await _there.Store.FindCollectionAsync(whole, null, Token))!.Documents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RecordsOfRunsThatAreRefusedStayAway(bool dryRun)
    {
        var filled = await EvidenceFill.Async(_log, _evidence);
        await ExportAsync(_log, _evidence);
        await _other.SaveAsync(filled.Runs[0]);
        await _other.Log.DeleteAsync(filled.Runs[0].RunId, static _ => true, by: null, Token);
        await _other.SaveAsync(filled.Runs[1] with { Strategy = "another" });

        var counts = await ImportAsync(_other, _there, 1, dryRun);

        Assert.Equal(new ImportedCounts(12, 10, 0, 2), counts.Records);
        Assert.Equal(["no_run", "no_run"], counts.Refused.Select(static refused => refused.Reason));
        Assert.Empty((await _there.Store.ListEvidenceAsync(new EvidenceFilter { RunId = filled.Runs[0].RunId }, Token)).Items);
    }

    [Fact]
    public async Task WhatWasBrokenOffIsGoneOnWithAndCountedByThen()
    {
        var filled = await EvidenceFill.Async(_log, _evidence);
        var manifest = await ExportAsync(_log, _evidence);
        await ImportAsync(_other, _there, 1);
        foreach (var document in (await _there.Store.ListDocumentsAsync(filled.Collections[0], 100, null, Token)).Items.Take(7))
        {
            await _there.Store.DeleteDocumentAsync(filled.Collections[0], document.Id, Token);
        }

        await _there.Store.DeleteCollectionAsync(filled.Collections[1], static _ => true, Token);
        var counts = await ImportAsync(_other, _there, 1);

        Assert.Equal((new ImportedCounts(2, 1, 1, 0), new ImportedCounts(25, 12, 13, 0)), (counts.Collections, counts.Documents));
        var digest = await EvidenceCopy.DigestAsync(_there.Store, Token);
        Assert.Equal((manifest.Evidence!.Documents, manifest.Evidence.Passages), (digest.Documents, digest.Passages));
        Assert.Equal(20, (await _there.Store.FindCollectionAsync(filled.Collections[0], null, Token))!.Documents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheLimitsOfCollectionsHold(bool dryRun)
    {
        var filled = await EvidenceFill.Async(_log, _evidence);
        await ExportAsync(_log, _evidence);
        for (var i = 1; i < Limits.CollectionsPerKey; i++)
        {
            await _there.CollectionAsync("ann");
            await _there.CollectionAsync("bob");
        }

        var full = await _there.CollectionAsync("bob");
        var counts = await ImportAsync(_other, _there, 1, dryRun);
        Assert.Equal((new ImportedCounts(2, 1, 0, 1), new ImportedCounts(25, 20, 0, 5)), (counts.Collections, counts.Documents));
        Assert.Contains(new RefusedEvidence("collection", filled.Collections[1], "full"), counts.Refused);

        await _there.Store.DeleteCollectionAsync(full, static _ => true, Token);
        await ImportAsync(_other, _there, 1);
        var one = (await _there.Store.ListDocumentsAsync(filled.Collections[0], 100, null, Token)).Items[0];
        await _there.Store.DeleteDocumentAsync(filled.Collections[0], one.Id, Token);
        Change("collections", filled.Collections[0], "documents", Limits.CollectionDocuments);
        counts = await ImportAsync(_other, _there, 1, dryRun);
        Assert.Equal([new RefusedEvidence("document", one.Id, "full")], counts.Refused);
    }

    [Fact]
    public async Task AnExportOfRunsAloneAndAnImportOfRunsAloneLeaveEvidenceOut()
    {
        await EvidenceFill.Async(_log, _evidence);
        await _log.Log.ExportAsync(new ExportOrder(Folder(1), ExportFormat.NdjsonZst, From: null, To: null), told: null, Token);
        var receipt = await _other.Log.ImportWithEvidenceAsync(
            Folder(1), static _ => throw new InvalidOperationException("No store is needed."), dryRun: false, told: null, Token);
        Assert.Equal((10, null), (receipt.Imported, receipt.Evidence));

        _exports = 1;
        await ExportAsync(_log, _evidence);
        Assert.Null((await _other.Log.ImportAsync(Folder(2), dryRun: false, told: null, Token)).Evidence);
    }

    private static string Sha(ExportManifest manifest) => Assert.Single(manifest.Files, file => file.Name == manifest.Evidence!.File).Sha256;

    private string Folder(int number) => Path.Combine(_log.Folder, $"export-{number}");

    private Task<ExportManifest> ExportAsync(TemporaryLog log, TemporaryEvidence evidence) =>
        log.Log.ExportWithEvidenceAsync(new ExportOrder(Folder(++_exports), ExportFormat.NdjsonZst, From: null, To: null), evidence.Store, told: null, Token);

    private async Task<ImportedEvidence> ImportAsync(TemporaryLog log, TemporaryEvidence evidence, int number, bool dryRun = false)
    {
        evidence.Store.Dispose(); // the import has it for itself, and closes it
        var receipt = await log.Log.ImportWithEvidenceAsync(Folder(number), _ => evidence.Open(), dryRun, told: null, Token);
        evidence.Reopen();
        return receipt.Evidence!;
    }

    private void Change(string table, Guid id, string member, JsonNode value)
    {
        var stored = _there.Stored(table, id);
        stored[member] = value;
        _there.Change(table, id, stored);
    }

    /// <summary>What the entries of imports count.</summary>
    private List<(int Collections, int Documents, int Records)> Audited()
    {
        using var connection = _other.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT detail FROM audit_log WHERE action = 'runs_imported' ORDER BY seq";
        using var reader = command.ExecuteReader();
        List<(int Collections, int Documents, int Records)> found = [];
        while (reader.Read())
        {
            var detail = JsonNode.Parse(reader.GetString(0))!;
            found.Add(((int)detail["collections"]!, (int)detail["documents"]!, (int)detail["evidenceRecords"]!));
        }

        return found;
    }
}
