using System.Diagnostics;
using System.Reflection;
using Consensus.Contracts.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Retention;
using Dapper;

namespace Consensus.Storage.Tests.Runs;

public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How often the writer is killed; more for a longer look: <c>CONSENSUS_KILLS=50</c>.</summary>
    internal static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CONSENSUS_KILLS"), out var kills) ? kills : 3;

    [Fact]
    public async Task EveryAcknowledgedRunOutlivesAKilledWriter()
    {
        await using var log = new TemporaryLog();
        var random = new Random(5);
        var acknowledged = new List<Guid>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // The last line may have been cut off in the pipe.
            var lines = await LinesUntilKilledAsync(WriterToKill.Command, log.File, atLeast: random.Next(20, 300));
            acknowledged.AddRange(lines.Where(line => Guid.TryParseExact(line, "D", out _)).Select(Guid.Parse));
        }

        foreach (var id in acknowledged)
            Assert.NotNull(await log.FindAsync(id));
        Assert.Empty(await log.Log.CheckAsync(TestContext.Current.CancellationToken));
        using var connection = log.Connect();
        Assert.Equal(0, connection.ExecuteScalar<int>(
            "SELECT count(*) FROM runs r WHERE coalesce(candidate_count, 0) <> (SELECT count(*) FROM candidates WHERE run_seq = r.seq)"));
        output.WriteLine($"{Kills} kills, {acknowledged.Count} acknowledged runs, all found; {connection.ExecuteScalar<int>("SELECT count(*) FROM runs")} stored.");
    }

    [Fact]
    public async Task APurgeThatIsKilledHasErasedWhatItsAuditTellsAndNothingElse()
    {
        const int Stored = 400;
        await using var log = new TemporaryLog();
        await Task.WhenAll(Enumerable.Range(0, Stored).Select(i => log.SaveAsync(Make.Run(createdAt: Make.Noon.AddMinutes(i)) with
        {
            FinishedAt = Make.Noon.AddMinutes(i),
            Candidates = [new CandidateBody { Id = 0, Model = "sim/ada", Status = CandidateStatus.Answered, Text = "391" }],
        })));
        await log.CloseAsync();
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
            await LinesUntilKilledAsync(PurgerToKill.Command, log.File, atLeast: random.Next(2, 20));

        using (var connection = log.Connect())
        {
            var left = connection.ExecuteScalar<int>("SELECT count(*) FROM runs");
            Assert.Equal(Stored - left, connection.ExecuteScalar<int>("SELECT sum(purged_rows) FROM retention_audit"));
            Assert.Equal((left, left), (connection.ExecuteScalar<int>("SELECT count(*) FROM candidates"), connection.ExecuteScalar<int>("SELECT count(*) FROM run_models") / 2));
            output.WriteLine($"{Kills} kills, {Stored - left} of {Stored} runs purged.");
        }

        await log.ReopenAsync();
        Assert.Empty(await log.Log.CheckAsync(TestContext.Current.CancellationToken));
    }

    internal static async Task<List<string>> LinesUntilKilledAsync(string command, string path, int atLeast)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var writer = Process.Start(StartInfo(command, path))!;
        try
        {
            var lines = new List<string>();
            while (lines.Count < atLeast && await writer.StandardOutput.ReadLineAsync(patience.Token) is { } line)
                lines.Add(line);
            Assert.Equal(atLeast, lines.Count);

            writer.Kill(); // SIGKILL: no handler, no flush, no goodbye
            while (await writer.StandardOutput.ReadLineAsync(patience.Token) is { } line)
                lines.Add(line);
            await writer.WaitForExitAsync(patience.Token);

            return lines;
        }
        finally
        {
            if (!writer.HasExited)
                writer.Kill();
        }
    }

    /// <summary>This very test program, started by its own host or by <c>dotnet</c>, whichever started it now.</summary>
    internal static ProcessStartInfo StartInfo(string command, string path)
    {
        var host = Environment.ProcessPath!;
        var info = new ProcessStartInfo(host) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
            info.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        info.ArgumentList.Add(command);
        info.ArgumentList.Add(path);
        return info;
    }
}
