using System.Diagnostics;
using System.Reflection;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.Runs;

public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How often the writer is killed; more for a longer look: <c>CONSENSUS_KILLS=50</c>.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CONSENSUS_KILLS"), out var kills) ? kills : 3;

    [Fact]
    public async Task EveryAcknowledgedRunOutlivesAKilledWriter()
    {
        await using var log = new TemporaryLog();
        var random = new Random(5);
        var acknowledged = new List<Guid>();
        for (var kill = 0; kill < Kills; kill++)
            acknowledged.AddRange(await WriteUntilKilledAsync(log.File, atLeast: random.Next(20, 300)));

        foreach (var id in acknowledged)
            Assert.NotNull(await log.FindAsync(id));
        Assert.Empty(await log.Log.CheckAsync(TestContext.Current.CancellationToken));
        using var connection = log.Connect();
        Assert.Equal(0, connection.ExecuteScalar<int>(
            "SELECT count(*) FROM runs r WHERE coalesce(candidate_count, 0) <> (SELECT count(*) FROM candidates WHERE run_seq = r.seq)"));
        output.WriteLine($"{Kills} kills, {acknowledged.Count} acknowledged runs, all found; {connection.ExecuteScalar<int>("SELECT count(*) FROM runs")} stored.");
    }

    private static async Task<List<Guid>> WriteUntilKilledAsync(string path, int atLeast)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var writer = Process.Start(StartInfo(path))!;
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

            // The last line may have been cut off in the pipe.
            return [.. lines.Where(line => Guid.TryParseExact(line, "D", out _)).Select(Guid.Parse)];
        }
        finally
        {
            if (!writer.HasExited)
                writer.Kill();
        }
    }

    /// <summary>This very test program, started by its own host or by <c>dotnet</c>, whichever started it now.</summary>
    private static ProcessStartInfo StartInfo(string path)
    {
        var host = Environment.ProcessPath!;
        var info = new ProcessStartInfo(host) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
            info.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        info.ArgumentList.Add(WriterToKill.Command);
        info.ArgumentList.Add(path);
        return info;
    }
}
