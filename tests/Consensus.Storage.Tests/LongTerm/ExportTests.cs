using System.Text;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Labels;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Writing;
using Consensus.Storage.Tests.Making;
using Dapper;
using FsCheck.Xunit;
using Parquet;

namespace Consensus.Storage.Tests.LongTerm;

public sealed class ExportTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();
    private readonly TemporaryLog _other = new();
    private int _exports;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Property(MaxTest = 60)]
    public void ALineIsTheRunToTheLastValue(int seed)
    {
        var record = PreparedRun.From(new RunRecord(Shape.Run(new RandomFiller(seed)) with { Status = RunStatus.Completed }, "key", "here"), new(RunContent.Full, static text => text));
        var run = new PortableRun
        {
            Run = record.Run, Candidates = record.Candidates, Clusters = record.Clusters, Models = [.. record.Models], Tags = [.. record.Tags], Labels = [], Jobs = [],
        };

        var line = PortableRunJson.Write(Whole(run));

        Assert.Equal(record.Hash, PortableRunJson.Read(line).ComputeHash());
        Assert.Equal(line, PortableRunJson.Write(PortableRunJson.Read(line)));
    }

    [Theory]
    [InlineData(ExportFormat.NdjsonZst)]
    [InlineData(ExportFormat.NdjsonGz)]
    public async Task WhatIsExportedComesBackEqualByHashAndAuditedAndASecondImportChangesNothing(ExportFormat format)
    {
        var runs = await FillAsync(40);
        var first = await ExportAsync(_log, format);

        var imported = await _other.Log.ImportAsync(Folder(1), dryRun: false, told: null, Token);
        Assert.Equal((40L, 40L, 0L, 0L), (imported.Read, imported.Imported, imported.Skipped, imported.Refusals));
        var again = await _other.Log.ImportAsync(Folder(1), dryRun: false, told: null, Token);
        Assert.Equal((0L, 40L), (again.Imported, again.Skipped));

        var second = await ExportAsync(_other, format);
        Assert.Equal((first.RecordsSha256, first.Rows["runs"], first.Rows["labels"]), (second.RecordsSha256, second.Rows["runs"], second.Rows["labels"]));
        Assert.Equal(Lines(1, format), Lines(2, format));
        foreach (var run in runs)
        {
            Assert.Equal(Make.Json(await _log.FindAsync(run.RunId)), Make.Json(await _other.FindAsync(run.RunId)));
        }

        await _other.CloseAsync();
        var report = AuditVerification.Verify(Path.GetDirectoryName(_other.File)!, new AuditOptions(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        Assert.Equal(40, report.Runs);
    }

    [Fact]
    public async Task AnotherRecordAndADeletedRunAreRefusedAndNamedAndTheRestIsImported()
    {
        var runs = await FillAsync(3);
        await ExportAsync(_log, ExportFormat.NdjsonZst);
        await _other.SaveAsync(runs[0] with { Strategy = "another" });
        await _other.Log.ImportAsync(Folder(1), dryRun: false, told: null, Token);
        await _other.Log.DeleteAsync(runs[1].RunId, static _ => true, by: null, Token);

        var receipt = await _other.Log.ImportAsync(Folder(1), dryRun: false, told: null, Token);

        Assert.Equal([new RefusedRun(runs[0].RunId, "differs"), new RefusedRun(runs[1].RunId, "deleted")], receipt.Refused);
        Assert.Equal((1L, 2L), (receipt.Skipped, receipt.Refusals));
    }

    [Fact]
    public async Task AnExportThatWasChangedCutOrNotFinishedIsNotRead()
    {
        await FillAsync(3);
        await ExportAsync(_log, ExportFormat.NdjsonZst);
        var file = Path.Combine(Folder(1), "runs.ndjson.zst");
        var bytes = await File.ReadAllBytesAsync(file, Token);

        foreach (var damaged in (byte[][])[[.. bytes[..^1], (byte)~bytes[^1]], bytes[..^1]])
        {
            await File.WriteAllBytesAsync(file, damaged, Token);
            var fault = await Assert.ThrowsAsync<InvalidDataException>(() => _other.Log.ImportAsync(Folder(1), dryRun: false, told: null, Token));
            Assert.Contains("runs.ndjson.zst", fault.Message, StringComparison.Ordinal);
        }

        File.Delete(Path.Combine(Folder(1), "manifest.json"));
        await Assert.ThrowsAsync<InvalidDataException>(() => _other.Log.ImportAsync(Folder(1), dryRun: false, told: null, Token));
        await Assert.ThrowsAsync<IOException>(() => ExportToAsync(_log, ExportFormat.NdjsonZst, Folder(1)));
        Assert.Empty((await _other.ListAsync()).Items);
    }

    [Fact]
    public async Task OnlyFinishedRunsOfTheRangeLeave()
    {
        var runs = await FillAsync(4);
        await _log.SaveAsync(Make.Run(RunStatus.Running, createdAt: runs[1].CreatedAt));

        var manifest = await _log.Log.ExportAsync(new ExportOrder(Folder(1), ExportFormat.NdjsonGz, runs[1].CreatedAt, runs[3].CreatedAt), told: null, Token);

        Assert.Equal((2L, runs[1].CreatedAt, runs[2].CreatedAt), (manifest.Rows["runs"], manifest.FirstCreatedAt, manifest.LastCreatedAt));
    }

    [Fact]
    public async Task ParquetHasARowForEachRowOfTheDatabase()
    {
        var runs = await FillAsync(30);
        var manifest = await ExportAsync(_log, ExportFormat.Parquet);

        using var connection = _log.Connect();
        foreach (var (table, rows) in manifest.Rows)
        {
            Assert.Equal(connection.QuerySingle<long>($"SELECT count(*) FROM {table}"), rows);
            await using var reader = await ParquetReader.CreateAsync(Path.Combine(Folder(1), table + ".parquet"), cancellationToken: Token);
            Assert.Equal(rows, Enumerable.Range(0, reader.RowGroupCount).Sum(i => reader.OpenRowGroupReader(i).RowCount));
        }

        Assert.True(manifest.Rows["candidates"] > 0 && manifest.Rows["labels"] == runs.Count);
        await Assert.ThrowsAsync<InvalidDataException>(() => _other.Log.ImportAsync(Folder(1), dryRun: false, told: null, Token));
    }

    /// <summary>What the database would make of the words: in order.</summary>
    private static PortableRun Whole(PortableRun run) => run with { Models = [.. run.Models.Order(StringComparer.Ordinal)], Tags = [.. run.Tags.Order(StringComparer.Ordinal)] };

    private async Task<IReadOnlyList<ConsensusResponse>> FillAsync(int count)
    {
        List<ConsensusResponse> runs = [];
        for (var i = 0; i < count; i++)
        {
            var at = Make.Noon.AddMinutes(i);
            var run = Shape.Run(new RandomFiller(i)) with { RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, CreatedAt = at, FinishedAt = at.AddSeconds(2) };
            await _log.SaveAsync(run, i % 2 == 0 ? "alice" : null);
            await _log.Log.LabelAsync(run.RunId, new RunLabel(true, null, "gold \0 " + i, null), run.Kind, static _ => true, Token);
            runs.Add(run);
        }

        return runs;
    }

    private string Folder(int number) => Path.Combine(_log.Folder, $"export-{number}");

    private Task<ExportManifest> ExportAsync(TemporaryLog log, ExportFormat format) => ExportToAsync(log, format, Folder(++_exports));

    private static Task<ExportManifest> ExportToAsync(TemporaryLog log, ExportFormat format, string folder) =>
        log.Log.ExportAsync(new ExportOrder(folder, format, From: null, To: null), told: null, Token);

    private string[] Lines(int number, ExportFormat format)
    {
        using var reader = new StreamReader(NdjsonSink.Open(Folder(number), format), Encoding.UTF8);
        return reader.ReadToEnd().Split('\n');
    }
}
