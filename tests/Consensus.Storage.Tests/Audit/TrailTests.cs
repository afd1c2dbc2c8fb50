using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Keys;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Retention;
using Dapper;

namespace Consensus.Storage.Tests.Audit;

public class TrailTests : IAsyncDisposable
{
    private readonly AuditRig _rig = new();

    [Fact]
    public async Task EachThingThatHappenedHasItsEntryByWhoDidIt()
    {
        var run = await _rig.StoreAsync(keyId: "team-a");
        await _rig.StoreAsync(RunStatus.Running);
        await _rig.StoreAsync(RunStatus.Failed);
        await _rig.File.Log.MarkInterruptedAsync(TemporaryLog.Instance, AuditRig.Token);
        await _rig.File.Log.LabelAsync(run.RunId, new RunLabel(true, 0, "391", "boss"), RunKind.Consensus, static _ => true, AuditRig.Token);
        var key = new NewKey("new", [Scope()], null, null);
        await _rig.File.Log.CreateKeyAsync(key, KeySecret.New(), "boss", AuditRig.Token);
        await _rig.File.Log.CreateKeyAsync(key, KeySecret.New(), "boss", AuditRig.Token);
        await _rig.File.Log.RotateKeyAsync("new", KeySecret.New(), "boss", TimeSpan.Zero, AuditRig.Token);
        await _rig.File.Log.RevokeKeyAsync("new", by: null, AuditRig.Token);
        await _rig.File.Log.PutPolicyAsync(AuditRig.Token);
        await _rig.File.Log.DeleteAsync(run.RunId, static _ => true, "boss", AuditRig.Token);

        var entries = await _rig.EntriesAsync();
        Assert.Equal(
            [
                "trail_begun by system", "run_completed by key:team-a", "run_failed by system", "run_failed by system", "run_labelled by key:boss",
                "key_created by key:boss", "key_rotated by key:boss", "key_revoked by system", "retention_changed by system", "run_deleted by key:boss",
            ],
            entries.Select(static entry => $"{entry.Action} by {entry.Actor}"));
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(static seq => (long)seq), entries.Select(static entry => entry.Seq));
        Assert.Equal(run.RunId.ToString("D"), entries[^1].Subject.Id);
        Assert.Equal(entries[1].Detail.GetProperty("digest").GetString(), entries[^1].Detail.GetProperty("digest").GetString());
        Assert.Equal(2, entries[^1].Detail.GetProperty("entry").GetInt64());
        var report = await _rig.VerifyAsync();
        Assert.Null(report.Finding);
        Assert.Equal((2, 1), (report.Runs, report.Tombstones));
        Assert.True(report.Heads > 0);

        static string Scope() => "read";
    }

    [Fact]
    public async Task WhatIsUndoneLeavesNoEntryAndNoGap()
    {
        await _rig.StoreAsync();
        var run = Make.Run() with { Candidates = [new CandidateBody { Id = 0, Model = "m", Sample = 0, Status = CandidateStatus.Answered, Attempts = 1 }, new CandidateBody { Id = 0, Model = "m", Sample = 0, Status = CandidateStatus.Answered, Attempts = 1 }] };
        _rig.File.RefuseInserts("labels");
        var stored = await _rig.StoreAsync();

        await Assert.ThrowsAnyAsync<Exception>(() =>
            _rig.File.Log.LabelAsync(stored.RunId, new RunLabel(true, null, null, null), RunKind.Consensus, static _ => true, AuditRig.Token));
        await _rig.File.SaveAsync(run);

        Assert.Equal(["trail_begun", "run_completed", "run_completed", "run_completed"], (await _rig.EntriesAsync()).Select(static entry => entry.Action));
        Assert.Null((await _rig.VerifyAsync()).Finding);
    }

    [Fact]
    public async Task APurgeLeavesTombstonesByWhichARunIsStillKnown()
    {
        await using var rig = new RetentionRig();
        for (var i = 0; i < 7; i++)
            await rig.StoreAsync(daysAgo: 100);
        var kept = await rig.StoreAsync(daysAgo: 0);
        await rig.PurgeAsync(rig.Policy(RetentionRig.Days(30)), batchRows: 3);

        var purges = (await rig.Log.ListAuditAsync(new AuditFilter { Action = AuditAction.Purged, OldestFirst = true }, AuditRig.Token)).Items;
        Assert.Equal(["2-4", "5-7", "8"], purges.Select(static entry => entry.Detail.GetProperty("entries").GetString()));
        Assert.Equal([3, 3, 1], purges.Select(static entry => entry.Detail.GetProperty("rows").GetInt32()));
        Assert.Single((await rig.Log.ListAuditAsync(new AuditFilter { SubjectKind = "run", SubjectId = kept.ToString("D") }, AuditRig.Token)).Items);
        var report = await rig.File.VerifyAsync();
        Assert.Null(report.Finding);
        Assert.Equal((1, 7), (report.Runs, report.Tombstones));
    }

    [Fact]
    public async Task ListingFiltersByAllAndPagesBothWays()
    {
        for (var i = 0; i < 5; i++)
            await _rig.StoreAsync(i % 2 == 0 ? RunStatus.Completed : RunStatus.Failed, i == 4 ? "team-b" : "team-a");
        var all = await _rig.EntriesAsync();

        Assert.Equal(3, (await _rig.EntriesAsync(new AuditFilter { Action = AuditAction.RunCompleted })).Count);
        Assert.Equal([6L], (await _rig.EntriesAsync(new AuditFilter { Actor = "key:team-b" })).Select(static entry => entry.Seq));
        Assert.Equal([3L], (await _rig.EntriesAsync(new AuditFilter { SubjectKind = "run", SubjectId = all[2].Subject.Id })).Select(static entry => entry.Seq));
        var from = DateTimeOffset.Parse(all[3].At, System.Globalization.CultureInfo.InvariantCulture);
        var expected = all.Where(entry => string.CompareOrdinal(entry.At, all[3].At) >= 0).Select(static entry => entry.Seq);
        Assert.Equal(expected, (await _rig.EntriesAsync(new AuditFilter { From = from, OldestFirst = true })).Select(static entry => entry.Seq));
        Assert.Equal(all.Count - expected.Count(), (await _rig.EntriesAsync(new AuditFilter { To = from })).Count);
        foreach (var oldestFirst in (bool[])[true, false])
        {
            List<long> seen = [];
            string? cursor = null;
            do
            {
                var page = await _rig.File.Log.ListAuditAsync(new AuditFilter { OldestFirst = oldestFirst, Limit = 4, Cursor = cursor }, AuditRig.Token);
                seen.AddRange(page.Items.Select(static entry => entry.Seq));
                cursor = page.Next;
            }
            while (cursor is not null);
            var order = Enumerable.Range(1, 6).Select(static seq => (long)seq);
            Assert.Equal(oldestFirst ? order : order.Reverse(), seen);
        }
    }

    [Fact]
    public async Task TheKeyFileIsPrivateAndAnotherKeyIsRecordedAndStillVerified()
    {
        await _rig.StoreAsync();
        await _rig.File.CloseAsync();
        var keyFile = Path.Combine(_rig.Folder, AuditOptions.DefaultKeyFile);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keyFile));
        var old = await File.ReadAllTextAsync(keyFile, AuditRig.Token);
        File.Delete(keyFile);
        await _rig.File.ReopenAsync();
        await _rig.StoreAsync();

        Assert.Equal(["trail_begun", "run_completed", "audit_key_changed", "run_completed"], (await _rig.EntriesAsync()).Select(static entry => entry.Action));
        Assert.Equal(AuditFault.UnknownKey, (await _rig.VerifyAsync()).Finding!.Fault);
        Assert.Null((await _rig.VerifyAsync(options: new AuditOptions { OldKeys = [old] })).Finding);
    }

    [Fact]
    public void EveryActionIsAWordOfTheClosedList() => Assert.Equal(26, WireName.All<AuditAction>().Distinct().Count());

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
