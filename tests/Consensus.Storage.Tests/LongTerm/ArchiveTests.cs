using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.LongTerm;

public sealed class ArchiveTests : IAsyncLifetime
{
    private static readonly RetentionPolicy Holding = new([new RetentionRule(RetainedTable.Runs, 30, null)], ["held"]);

    private static readonly DateTimeOffset Start = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryLog _log = new(policy: Holding);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.GetDirectoryName(_log.File)!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task ArchivedRunsAreFoundListedAndExportedAsTheyWereAndTheTrailKnowsThem()
    {
        var runs = await FillAsync(90);
        var before = await PagesAsync(new RunFilter { Limit = 7 });
        var found = new Dictionary<Guid, string>();
        foreach (var run in runs)
        {
            found[run.RunId] = Make.Json(await _log.FindAsync(run.RunId));
        }

        var whole = await ExportAsync("hot");
        Assert.Equal(60, await ArchiveAsync(runs[60].CreatedAt, dryRun: true));
        Assert.Equal(60, await ArchiveAsync(runs[60].CreatedAt));
        Assert.Equal(0, await ArchiveAsync(runs[60].CreatedAt));

        Assert.Equal(before, await PagesAsync(new RunFilter { Limit = 7 }));
        foreach (var run in runs)
        {
            Assert.Equal(found[run.RunId], Make.Json(await _log.FindAsync(run.RunId)));
        }

        Assert.Null(await _log.FindAsync(runs[0].RunId, keyId: "bob"));
        Assert.Equal((await ExportAsync("tiers")).RecordsSha256, whole.RecordsSha256);
        Assert.Equal((60, 30), ((await _log.Log.MeasureArchiveAsync(Token)).Runs, Count("runs")));
        var lines = Directory.GetFiles(Path.Combine(Folder, "archive"), "*.zst", SearchOption.AllDirectories).Length;
        Assert.Equal(runs.Take(60).Select(static run => ArchiveFiles.MonthOf(run.CreatedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks)).Distinct().Count(), lines);
        await SoundAsync(90);
    }

    [Fact]
    public async Task OtherFiltersAreRefusedWhereTheyWouldReachArchivedRunsOnly()
    {
        var runs = await FillAsync(20);
        await ArchiveAsync(runs[10].CreatedAt);

        var fault = await Assert.ThrowsAsync<ArchivedRangeException>(() => _log.ListAsync(new RunFilter { Strategy = "majority" }));
        Assert.Equal(runs[9].CreatedAt, fault.Newest);
        Assert.NotNull(await _log.ListAsync(new RunFilter { Strategy = "majority", From = fault.Newest.AddTicks(1) }));
        Assert.NotNull(await _log.ListAsync(new RunFilter { Strategy = "majority", KeyId = "nobody" }));
    }

    [Fact]
    public async Task WhatIsErasedOfTheArchiveIsGoneFromItsFilesAndHasItsTombstone()
    {
        var runs = await FillAsync(10);
        await ArchiveAsync(runs[^1].CreatedAt.AddDays(1));
        var kept = await _log.FindAsync(runs[4].RunId);
        var gone = runs[3].Request!.Prompt;

        Assert.Equal(Erasure.NotAllowed, await _log.Log.DeleteAsync(runs[3].RunId, static _ => false, by: null, Token));
        Assert.Equal(Erasure.Erased, await _log.Log.DeleteAsync(runs[3].RunId, static _ => true, by: null, Token));
        Assert.Equal(Erasure.NotFound, await _log.Log.DeleteAsync(runs[3].RunId, static _ => true, by: null, Token));

        Assert.Null(await _log.FindAsync(runs[3].RunId));
        Assert.Equal(Make.Json(kept), Make.Json(await _log.FindAsync(runs[4].RunId)));
        Assert.DoesNotContain(gone!, Unpacked(), StringComparison.Ordinal);
        Assert.Contains(runs[4].Request!.Prompt!, Unpacked(), StringComparison.Ordinal);
        await SoundAsync(9);
    }

    [Fact]
    public async Task HeldRunsStayAndAPurgeReachesTheArchive()
    {
        var held = Make.Run(createdAt: Start.AddDays(-1)) with { FinishedAt = Start.AddDays(-1), Request = new StoredRequest { Prompt = "held?", Tags = ["held"] } };
        await _log.SaveAsync(held);
        await FillAsync(10);
        Assert.Equal(10, await ArchiveAsync(Start.AddYears(1)));

        var order = new PurgeOrder(Holding with { Rules = RetentionPolicies.KeepAll.Rules.Select(rule => rule with { Days = rule.Table == RetainedTable.Runs ? 1 : null }).ToList() },
            PurgeSource.Cli, null, DryRun: true, 3);
        Assert.Equal(10, (await _log.Log.PurgeAsync(order, told: null, Token)).Tables.Single(static table => table.Table == RetainedTable.Runs).ByAge);
        await _log.Log.PurgeAsync(order with { DryRun = false }, told: null, Token);

        Assert.NotNull(await _log.FindAsync(held.RunId));
        Assert.Equal(0, (await _log.Log.MeasureArchiveAsync(Token)).Runs);
        await SoundAsync(1);
    }

    [Fact]
    public async Task AnEditedArchiveIsFoundByTheTrail()
    {
        var runs = await FillAsync(5);
        await ArchiveAsync(runs[^1].CreatedAt.AddDays(1));
        await _log.CloseAsync();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(Folder, "archive"), "*.zst", SearchOption.AllDirectories));
        var bytes = await File.ReadAllBytesAsync(file, Token);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Token);

        var report = AuditVerification.Verify(Folder, new AuditOptions(), heads: null, Token);

        Assert.Equal(Contracts.Audit.AuditFault.RunChanged, report.Finding?.Fault);
    }

    [Fact]
    public async Task FilesThatNobodyKnowsAndRunsThatWereNotMovedAreTidied()
    {
        var runs = await FillAsync(12);
        new ArchiveFiles(Folder).Write("2026-01", [.. runs.Select(static run => System.Text.Encoding.UTF8.GetBytes(run.Request!.Prompt!))]);

        await ArchiveAsync(runs[6].CreatedAt);

        Assert.Equal((6, 6), ((await _log.Log.MeasureArchiveAsync(Token)).Runs, Count("runs")));
        Assert.Equal(Count("archive_segments"), new ArchiveFiles(Folder).All().Count);
        await SoundAsync(12);
    }

    private async Task<IReadOnlyList<ConsensusResponse>> FillAsync(int count)
    {
        List<ConsensusResponse> runs = [];
        for (var i = 0; i < count; i++)
        {
            // Two at a time: the id decides their order. A week a dozen, so that there are several months.
            var at = Start.AddHours(i / 2 * 28);
            var run = Shape.Run(new RandomFiller(i)) with
            {
                RunId = Guid.CreateVersion7(at),
                Status = RunStatus.Completed,
                CreatedAt = at,
                FinishedAt = at,
                Request = new StoredRequest { Prompt = $"question number {i}?", Models = ["sim/ada"] },
            };
            await _log.SaveAsync(run, i % 3 == 0 ? "alice" : null);
            runs.Add(run);
        }

        return runs;
    }

    private Task<long> ArchiveAsync(DateTimeOffset before, bool dryRun = false) => _log.Log.ArchiveAsync(before, dryRun, told: null, Token);

    private Task<Contracts.LongTerm.ExportManifest> ExportAsync(string name) =>
        _log.Log.ExportAsync(new ExportOrder(Path.Combine(_log.Folder, name), ExportFormat.NdjsonZst, null, null), told: null, Token);

    private async Task<List<string>> PagesAsync(RunFilter filter)
    {
        List<string> ids = [];
        for (string? cursor = null; ;)
        {
            var page = await _log.ListAsync(filter with { Cursor = cursor });
            ids.AddRange(page.Items.Select(static run => System.Text.Json.JsonSerializer.Serialize(run, Contracts.Json.ConsensusJson.Default.RunSummary)));
            if ((cursor = page.Next) is null)
            {
                return ids;
            }
        }
    }

    private int Count(string table)
    {
        using var connection = _log.Connect();
        return connection.QuerySingle<int>($"SELECT count(*) FROM {table}");
    }

    private string Unpacked() => string.Concat(Directory.GetFiles(Path.Combine(Folder, "archive"), "*.zst", SearchOption.AllDirectories).Select(static file =>
    {
        using var reader = new StreamReader(new ZstdSharp.DecompressionStream(File.OpenRead(file)));
        return reader.ReadToEnd();
    }));

    private async Task SoundAsync(long runs)
    {
        await _log.CloseAsync();
        var report = AuditVerification.Verify(Folder, new AuditOptions(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        Assert.Equal(runs, report.Runs);
    }
}
