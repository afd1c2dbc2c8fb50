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
using Consensus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>
/// A process that archives and exports is killed at random points and started again, until all is done: no run is lost, none is doubled. CONSENSUS_LONG=1 kills
/// it 200 times.
/// </summary>
public sealed class KilledTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Folder = "CONSENSUS_KILLED_FOLDER";
    private const string Sign = "begun";
    private const int StepSeconds = 15;

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
        while (killed < Kills)
        {
            using var child = Start();
            await Eventually.HoldsAsync(() => child.HasExited || File.Exists(Path.Combine(_log.Folder, Sign)), "the child works");
            await Task.Delay(random.Next(120), Token);
            if (child.HasExited)
            {
                break;
            }

            child.Kill();
            await child.WaitForExitAsync(Token);
            File.Delete(Path.Combine(_log.Folder, Sign));
            killed++;
        }

        using var last = Start();
        await last.WaitForExitAsync(Token);
        Assert.Equal(0, last.ExitCode);

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

    /// <summary>What is killed: archives and exports in small steps until nothing is left to do.</summary>
    [Fact(Explicit = true)]
    public async Task Child()
    {
        var folder = Environment.GetEnvironmentVariable(Folder) ?? throw new InvalidOperationException($"{Folder} is not set.");
        var runs = int.Parse(Environment.GetEnvironmentVariable(Folder + "_RUNS")!, CultureInfo.InvariantCulture);
        await using var log = await RunLog.OpenAsync(Path.Combine(folder, "below", "runs.db"), new RunLogOptions(), TimeProvider.System, NullLogger.Instance, Token);
        await File.WriteAllTextAsync(Path.Combine(folder, Sign), "", Token);
        for (var before = Make.Noon; before < Make.Noon.AddSeconds(runs + StepSeconds);)
        {
            before = before.AddSeconds(StepSeconds);
            if ((await log.FindScheduledExportAsync(Token))?.ThroughFinishedAt >= before.AddSeconds(-1) && (await log.MeasureArchiveAsync(Token)).Runs >= (before - Make.Noon).TotalSeconds)
            {
                continue;
            }

            // Some leave from the log, and some from the archive.
            await log.ArchiveAsync(before.AddSeconds(-StepSeconds / 2), dryRun: false, told: null, Token);
            await log.ExportEndedAsync(new ScheduledExportOrder(Path.Combine(folder, "exports"), ExportFormat.NdjsonZst, Level: 1, before, Keep: null), Token);
            await log.ArchiveAsync(before, dryRun: false, told: null, Token);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", [
            "exec", Path.Combine(AppContext.BaseDirectory, "Consensus.Storage.Tests.dll"), "--filter-method", $"{typeof(KilledTests).FullName}.{nameof(Child)}", "--explicit", "only",
            "--progress", "off",
        ])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        start.Environment[Folder] = _log.Folder;
        start.Environment[Folder + "_RUNS"] = Runs.ToString(CultureInfo.InvariantCulture);
        var child = Process.Start(start)!;
        child.OutputDataReceived += static (_, _) => { };
        child.BeginOutputReadLine();
        return child;
    }

    private int Rows(string table)
    {
        using var connection = _log.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
