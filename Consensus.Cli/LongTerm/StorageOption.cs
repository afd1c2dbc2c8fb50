using System.CommandLine;
using System.Globalization;
using Consensus.Cli.Benchmarks;
using Consensus.Cli.Display;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Consensus.Cli.LongTerm;

/// <summary>What the commands at the files of a stopped API do alike.</summary>
internal static class StorageOption
{
    /// <summary>An option for a time: a date, or a date with a time, in UTC unless it says otherwise.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description, HelpName = "time",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} takes a time such as 2026-01-31 or 2026-01-31T12:00:00Z.");
            return null;
        },
    };

    /// <summary>Does something with the log alone; a log that cannot be had, or a file that is none, is told in a line.</summary>
    /// <param name="terminal">Where failures are told.</param>
    /// <param name="folder">The storage folder.</param>
    /// <param name="mayCreate">Whether a log that is not there is made.</param>
    /// <param name="work">What to do.</param>
    /// <param name="stopped">What is said after Ctrl-C.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public static Task<int> WithLogAsync(
        Terminal terminal, DirectoryInfo folder, bool mayCreate, Func<RunLog, Task<int>> work, string stopped, CancellationToken cancellationToken) => GuardedAsync(
        terminal,
        async () =>
        {
            await using var log = await RunLog.OpenAloneAsync(
                Path.Combine(folder.FullName, RunLogRegistration.FileName), TimeProvider.System, NullLogger.Instance, mayCreate, cancellationToken);
            return await work(log);
        },
        stopped);

    /// <summary>Does something at the files; a store that cannot be had is told in a line.</summary>
    public static Task<int> GuardedAsync(Terminal terminal, Func<Task<int>> work, string stopped) => BenchAction.RunAsync(
        terminal,
        async () =>
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (fault is RunLogUnavailableException or EvidenceUnavailableException or EvidenceVersionException or EvidenceShapeException
                or SqliteException)
            {
                terminal.Error.WriteLine(SafeText.Line(fault.Message, 1_000));
                return ExitCodes.Error;
            }
        },
        stopped);

    /// <summary>Does long work and shows how far it is, where somebody watches.</summary>
    public static Task<T> CountingAsync<T>(Terminal terminal, string what, Func<Action<long>?, Task<T>> work) => terminal.IsWatched
        ? terminal.Out.Status().StartAsync(what, status => work(count => status.Status(string.Create(CultureInfo.InvariantCulture, $"{what}: {count:N0} runs"))))
        : work(null);

    /// <summary>The same for runs and evidence.</summary>
    public static Task<T> CountingAsync<T>(Terminal terminal, string what, Func<Action<long, long>?, Task<T>> work) => terminal.IsWatched
        ? terminal.Out.Status().StartAsync(what, status => work((runs, evidence) => status.Status(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {runs:N0} runs{(evidence == 0 ? "" : $", {evidence:N0} collections, documents and records")}"))))
        : work(null);
}
