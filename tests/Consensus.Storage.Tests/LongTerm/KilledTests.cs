using System.Diagnostics;
using System.Globalization;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.LongTerm.Importing;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Runs;
using Consensus.Testing;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>
/// A process that archives and exports is killed at random points and started again, until all is done: no run is lost, none is doubled. CONSENSUS_LONG=1 kills
/// it 200 times.
/// </summary>
public sealed class KilledTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>What a process that was killed exits with.</summary>
    private const int Killed = 137;

    private static readonly int Kills = Environment.GetEnvironmentVariable("CONSENSUS_LONG") == "1" ? 200 : 8;
    private static readonly int Runs = Kills * 60;

    private readonly TemporaryLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task ARunIsInOnePlaceOfTheLogAndInOneExportHoweverOftenTheProcessIsKilled()
    {
        var runs = Enumerable.Range(0, Runs).Select(static i => Make.Noon.AddSeconds(i)).Select(static at => Make.Run(createdAt: at) with { RunId = Guid.CreateVersion7(at), FinishedAt = at }).ToList();
        await Task.WhenAll(runs.Select(run => _log.SaveAsync(run)));
        await _log.CloseAsync();
        var random = new Random(20_260_131);
        var killed = 0;
        while (killed < Kills && await IsKilledAsync(random.Next(1, 8)))
        {
            killed++;
        }

        Assert.False(await IsKilledAsync(int.MaxValue));
        var exported = Directory.GetDirectories(Path.Combine(_log.Folder, "exports")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(runs.Select(static run => run.RunId), exported.SelectMany(static folder => ExportFolder.Open(folder).Runs()).Select(static run => run.RunId));
        await _log.ReopenAsync();
        Assert.Equal((Runs, 0), ((int)(await _log.Log.MeasureArchiveAsync(Token)).Runs, Rows("runs")));
        Assert.Equal(Rows("archive_segments"), new ArchiveFiles(Path.GetDirectoryName(_log.File)!).All().Count);
        foreach (var run in runs)
        {
            Assert.Equal(run.Request!.Prompt, (await _log.FindAsync(run.RunId))?.Request!.Prompt);
        }

        await _log.CloseAsync();
        var report = AuditVerification.Verify(Path.GetDirectoryName(_log.File)!, new AuditOptions(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        Assert.Equal(Runs, report.Runs);
        Assert.True(killed > 0, "Nothing was killed.");
        output.WriteLine($"Killed {killed} times while {Runs} runs were archived and left in {exported.Count} exports; each is in the archive once and in one export.");
    }

    /// <summary>Starts the archiver, and kills it behind so many lines.</summary>
    /// <returns>Whether it was killed before it was done.</returns>
    private async Task<bool> IsKilledAsync(int lines)
    {
        using var archiver = Process.Start(KillTests.StartInfo(ArchiverToKill.Command, ArchiverToKill.Argument(_log.Folder, Runs)))!;
        for (var count = 0; await archiver.StandardOutput.ReadLineAsync(Token) is not null;)
        {
            if (++count == lines)
            {
                archiver.Kill();
            }
        }

        await archiver.WaitForExitAsync(Token);
        Assert.True(archiver.ExitCode is 0 or Killed, $"The archiver ended with {archiver.ExitCode}.");
        return archiver.ExitCode != 0;
    }

    private int Rows(string table)
    {
        using var connection = _log.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
