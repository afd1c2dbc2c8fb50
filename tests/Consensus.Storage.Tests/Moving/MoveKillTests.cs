using System.Diagnostics;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Runs;
using Dapper;

namespace Consensus.Storage.Tests.Moving;

public sealed class MoveKillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Whether 200,000 runs are moved, and with more kills: <c>CONSENSUS_LONG=1</c>.</summary>
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("CONSENSUS_LONG") is "1";

    /// <summary>How a process ends that is killed: 128 and the number of the signal.</summary>
    private const int Killed = 128 + 9;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMoveThatIsKilledAgainAndAgainWhileTheLogIsWrittenLosesAndDoublesNothing()
    {
        var (most, atOnce) = IsLong ? (40, 500) : (5, 20);
        await using var rig = new MoveRig();
        await rig.FillAsync(300);
        await FillManyAsync(rig, IsLong ? 200_000 : 700);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                try
                {
                    for (var i = 0; i < (IsLong ? 100_000 : 600) && !stop.IsCancellationRequested; i++)
                    {
                        await rig.FillAsync(1);
                        if (i % 7 == 0)
                        {
                            await rig.EraseAsync(rig.Runs.ElementAt(rig.Runs.Count / 2));
                        }
                    }
                }
                catch (RunLogMovedException)
                {
                    // Sealed before all were written.
                }
            },
            Token);

        var random = new Random(11);
        List<string> killedAt = [];
        string last;
        do
        {
            // At last it is left alone.
            last = await LastLineAsync(MoverToKill.Argument(rig.Folder, rig.Database, atOnce), killedAt.Count < most ? random.Next(1, IsLong ? 300 : 60) : int.MaxValue);
            killedAt.Add(last);
        }
        while (!last.StartsWith("done", StringComparison.Ordinal));
        await stop.CancelAsync();
        await writing;

        await Assert.ThrowsAsync<RunLogMovedException>(() => rig.Log.SaveAsync(Make.Run()));
        using var connection = rig.ConnectNew();
        using var source = rig.Log.Connect();
        var moved = connection.Query<byte[]>("SELECT run_id FROM runs").Select(static id => StoredValue.Id(id)).ToList();
        Assert.Equal(source.Query<byte[]>("SELECT run_id FROM runs").Select(static id => StoredValue.Id(id)).Order(), moved.Order());
        Assert.Empty(rig.Runs.Except(moved));
        Assert.InRange(moved.Count - rig.Runs.Count - Many(connection), 0, 1); // one may have been stored and not acknowledged
        var report = AuditVerification.VerifyServer(rig.Database, rig.Folder, new AuditOptions(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        output.WriteLine($"{killedAt.Count - 1} kills (at {string.Join(", ", killedAt.SkipLast(1))}), {moved.Count} runs moved and compared, {report.Entries} audit entries; {last}.");
    }

    /// <summary>Stores small runs, many at once.</summary>
    private static Task FillManyAsync(MoveRig rig, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = Token }, async (i, _) =>
            await rig.Log.SaveAsync(Scoring.JudgeRig.Judgeable(createdAt: Make.Noon.AddDays(-1).AddSeconds(-i)) with { FinishedAt = Make.Noon.AddDays(-1) }));

    private static long Many(System.Data.Common.DbConnection connection) =>
        connection.QuerySingle<long>("SELECT count(*) FROM runs WHERE created_at <= @before", new { before = StoredTime.Write(Make.Noon.AddDays(-1)) });

    /// <summary>Starts the mover, kills it behind so many lines, and returns the last that it wrote whole.</summary>
    private static async Task<string> LastLineAsync(string argument, int lines)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        using var mover = Process.Start(KillTests.StartInfo(MoverToKill.Command, argument))!;
        try
        {
            var last = "nothing";
            for (var count = 0; await mover.StandardOutput.ReadLineAsync(patience.Token) is { } line; last = line)
            {
                if (++count == lines)
                {
                    mover.Kill();
                }
            }

            await mover.WaitForExitAsync(patience.Token);
            Assert.True(mover.ExitCode is 0 or Killed, $"The mover ended with {mover.ExitCode} at {last}.");
            return last;
        }
        finally
        {
            if (!mover.HasExited)
            {
                mover.Kill();
            }
        }
    }
}
