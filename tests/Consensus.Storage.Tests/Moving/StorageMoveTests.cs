using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Runs;
using Consensus.Storage.Databases;
using Consensus.Storage.Moving;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Moving;

public sealed class StorageMoveTests : IAsyncLifetime
{
    private readonly MoveRig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void EveryTableMovesOrBelongsToItsPlace() => Assert.Equal(
        SchemaTables.Columns.Keys.Order(StringComparer.Ordinal), MovedTables.All.Select(static table => table.Name).Concat(MovedTables.Staying).Order(StringComparer.Ordinal));

    [Fact]
    public async Task AWholeLogMovesToAServerAndBackToAnotherFolderEqualByCountAndHash()
    {
        await _rig.FillAsync(60);
        _rig.FillRest();
        await _rig.EraseAsync(_rig.Runs.ElementAt(59)); // the highest number is gone, and is not given again

        var there = _rig.Move();

        Assert.True(there.Switched);
        Assert.Equal(MovedTables.All.Select(static table => table.Name), there.Tables.Select(static table => table.Table));
        Assert.All(there.Tables, static table => Assert.NotEqual(0, table.Rows));
        await _rig.RequireMovedAsync();
        var next = Make.Run(createdAt: Make.Noon.AddDays(1));
        await using (var log = _rig.OpenNew())
        {
            await log.SaveAsync(new RunRecord(next, null, "there"), Token);
        }

        using (var connection = _rig.ConnectNew())
        {
            Assert.Equal(61, connection.QuerySingle<long>("SELECT max(seq) FROM runs"));
        }

        var folder = Path.Combine(_rig.Log.Folder, "back");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(_rig.Folder, "audit.key"), Path.Combine(folder, "audit.key"));
        using (var move = StorageMove.Open(_rig.To, MovePlace.InFolder(folder), TimeProvider.System))
        {
            var back = move.Run(mayMove: true, told: null, Token);
            Assert.Equal(there.Tables.Where(static table => IsSame(table.Table)), back.Tables.Where(static table => IsSame(table.Table)));
        }

        await using var last = new RunLog(Path.Combine(folder, "runs.db"), new RunLogOptions(), TimeProvider.System, NullLogger.Instance);
        Assert.NotNull(await last.FindAsync(next.RunId, keyId: null, Token));
        await last.SaveAsync(new RunRecord(Make.Run(), null, "back"), Token);

        static bool IsSame(string table) => table is not ("runs" or "audit_log" or "run_models"); // these have the run that came after
    }

    /// <summary>PostgreSQL takes no NUL: what stands for it there comes at another place in the order.</summary>
    [Fact]
    public async Task RowsThatTheProductsOrderOtherwiseAreFoundTheSame()
    {
        await _rig.FillAsync(1);
        var run = Make.Run();
        await _rig.Log.SaveAsync(run with { Request = run.Request! with { Models = ["a\0z", "ab", "a\u0001"], Tags = ["\0", "x", "\uFDD0"] } });

        Assert.True(_rig.Move().Switched);
    }

    [Fact]
    public async Task RunsOfTheArchiveComeAlongBelowAllNumbersAndTheTrailKnowsThem()
    {
        await _rig.FillAsync(40);
        Assert.Equal(26, await _rig.Log.Log.ArchiveAsync(Make.Noon.AddMinutes(30), dryRun: false, told: null, Token)); // those with a job that waits stay
        _rig.Move(mayMove: false);
        await _rig.EraseAsync(_rig.Runs.First()); // one that was brought over
        await _rig.Log.Log.ArchiveAsync(Make.Noon.AddMinutes(35), dryRun: false, told: null, Token); // and some that were brought over as rows

        var receipt = _rig.Move();

        Assert.Equal(await _rig.Log.Log.MeasureArchiveAsync(Token) is var archive ? archive.Runs : 0, receipt.ArchivedRuns);
        using (var connection = _rig.ConnectNew())
        {
            Assert.Equal(receipt.ArchivedRuns, connection.QuerySingle<long>("SELECT count(*) FROM runs WHERE seq < 0"));
            Assert.Equal(0, connection.QuerySingle<long>("SELECT count(*) FROM labels WHERE (seq < 0) <> (run_seq < 0)"));
        }

        await _rig.RequireMovedAsync();
    }

    [Fact]
    public async Task WhereverItIsBrokenOffItGoesOnAndLosesAndDoublesNothing()
    {
        await _rig.FillAsync(24);
        _rig.FillRest();
        await _rig.Log.Log.ArchiveAsync(Make.Noon.AddMinutes(6), dryRun: false, told: null, Token);
        var stops = 0;
        for (var step = 0; ; step++)
        {
            // Broken off after each transaction once more than the time before; what is written meanwhile is another matter each time.
            var left = step;
            try
            {
                using var move = StorageMove.Open(_rig.From, _rig.To, TimeProvider.System, runsAtOnce: 3);
                var receipt = move.Run(mayMove: true, Told, Token);
                Assert.True(receipt.Switched);
                break;

                void Told(MoveProgress progress)
                {
                    if (left-- == 0)
                    {
                        throw new OperationCanceledException();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                stops++;
            }

            if (step < 6)
            {
                await _rig.FillAsync(3);
                await _rig.EraseAsync(_rig.Runs.ElementAt(step * 2));
            }
        }

        Assert.True(stops > 20, $"{stops} stops");
        await _rig.RequireMovedAsync();
        Assert.Equal(_rig.Move(), _rig.Move(), static (a, b) => a!.MoveId == b!.MoveId && a.AuditSeq == b.AuditSeq); // done is done
    }

    [Fact]
    public async Task WhatWasAcknowledgedWhileItMovedIsThereAndAfterTheSealNothingIs()
    {
        await _rig.FillAsync(200);
        using var stop = new CancellationTokenSource();
        RunLogMovedException? refusal = null;
        var writing = Task.Run(
            async () =>
            {
                try
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await _rig.FillAsync(1);
                        if (_rig.Runs.Count % 5 == 0)
                        {
                            await _rig.EraseAsync(_rig.Runs.First());
                        }
                    }
                }
                catch (RunLogMovedException fault)
                {
                    refusal = fault;
                }
            },
            Token);

        var receipt = await Task.Run(() => _rig.Move(), Token);
        await writing;

        Assert.Contains("moved to", refusal!.Message, StringComparison.Ordinal);
        Assert.True(receipt.SealedSeconds > 0);
        var again = await Assert.ThrowsAsync<RunLogMovedException>(() => _rig.Log.SaveAsync(Make.Run()));
        Assert.Contains(_rig.To.Name, again.Message, StringComparison.Ordinal);
        // A run whose acknowledgement never came may be there: it was stored before the seal and labelled after it.
        using var connection = _rig.ConnectNew();
        Assert.InRange(connection.QuerySingle<long>("SELECT count(*) FROM runs") - _rig.Runs.Count, 0, 1);
        Assert.All(_rig.Runs, run => Assert.Equal(1, connection.QuerySingle<long>("SELECT count(*) FROM runs WHERE run_id = @id", new { id = StoredValue.Id(run) })));
    }

    [Fact]
    public async Task WhatIsErasedBetweenTheLastComparisonAndTheSealIsGoneAtTheNewPlaceToo()
    {
        await _rig.FillAsync(20);
        using (var move = _rig.Open())
        {
            Assert.False(move.Run(mayMove: false, told: null, Token).Switched);
            await _rig.EraseAsync(_rig.Runs.First());
            await _rig.EraseAsync(_rig.Runs.Last());
            await _rig.FillAsync(2);

            var receipt = move.Run(mayMove: true, told: null, Token);

            Assert.True(receipt.Switched);
            Assert.Equal(2, receipt.Passes);
        }

        await _rig.RequireMovedAsync();
    }

    [Fact]
    public async Task WhatDiffersAtTheNewPlaceIsMendedAndEntriesThatNeverWereAreRefused()
    {
        await _rig.FillAsync(20);
        _rig.Move(mayMove: false);
        using (var connection = _rig.ConnectNew())
        {
            connection.Execute(
                """
                UPDATE candidates SET text = 'another' WHERE run_seq IN (1, 2, 3);
                DELETE FROM scores WHERE seq = 1; DELETE FROM runs WHERE seq = 5; UPDATE judge_jobs SET attempts = 9; UPDATE runs SET links = '{}' WHERE seq = 7;
                INSERT INTO run_tags SELECT seq, 'more', created_at, run_id FROM runs WHERE seq = 9;
                """);
        }

        Assert.True(_rig.Move(mayMove: false).Mended > 8);
        using (var connection = _rig.ConnectNew())
        {
            connection.Execute("INSERT INTO audit_log SELECT seq + 1000, at, actor, action, subject_kind, subject_id, detail, key_id, prev_hash, hash, mac FROM audit_log WHERE seq = 1");
        }

        var fault = Assert.Throws<InvalidDataException>(() => _rig.Move());
        Assert.Contains("audit_log", fault.Message, StringComparison.Ordinal);
        using var move = _rig.Open();
        Assert.NotNull(move.RollBack());
    }
}
