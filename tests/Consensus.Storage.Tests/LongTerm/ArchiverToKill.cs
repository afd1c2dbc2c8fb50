using System.Globalization;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>The program that a test kills: it archives and exports in small steps until nothing is left to do, telling each on standard output.</summary>
internal static class ArchiverToKill
{
    public const string Command = "archive-until-killed";

    private const char Between = '|';
    private const int StepSeconds = 15;

    public static string Argument(string folder, int runs) => string.Create(CultureInfo.InvariantCulture, $"{folder}{Between}{runs}");

    public static async Task<int> RunAsync(string argument)
    {
        var parts = argument.Split(Between);
        var (folder, runs) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await using var log = await RunLog.OpenAsync(Path.Combine(folder, "below", "runs.db"), new RunLogOptions(), TimeProvider.System, NullLogger.Instance, default);
        for (var before = Make.Noon; before < Make.Noon.AddSeconds(runs + StepSeconds);)
        {
            before = before.AddSeconds(StepSeconds);
            if ((await log.FindScheduledExportAsync(default))?.ThroughFinishedAt >= before.AddSeconds(-1) && (await log.MeasureArchiveAsync(default)).Runs >= (before - Make.Noon).TotalSeconds)
            {
                continue;
            }

            // Some leave from the log, and some from the archive.
            await log.ArchiveAsync(before.AddSeconds(-StepSeconds / 2), dryRun: false, done => output.WriteLine($"archived {done}"), default);
            output.WriteLine("archived half");
            await log.ExportEndedAsync(new ScheduledExportOrder(Path.Combine(folder, "exports"), ExportFormat.NdjsonZst, Level: 1, before, Keep: null), default);
            output.WriteLine("exported");
            await log.ArchiveAsync(before, dryRun: false, told: null, default);
            output.WriteLine("archived");
        }

        return 0;
    }
}
