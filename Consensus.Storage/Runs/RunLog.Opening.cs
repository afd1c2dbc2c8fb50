using System.Data.Common;
using Consensus.Storage.Audit;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.Postgres;
using Consensus.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Runs;

/// <summary>Opening a log by itself, without the host that registers it.</summary>
public sealed partial class RunLog
{
    /// <summary>Opens the log at a path, making folder and file where they are missing and bringing the schema up to date.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be opened, or was written by a later version.</exception>
    public static async Task<RunLog> OpenAsync(
        string path, RunLogOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken = default)
    {
        var log = new RunLog(path, options, time, logger);
        try
        {
            await log.ProbeAsync(cancellationToken);
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the log at a path and keeps every other process from it until it is closed; brings the schema up to date.</summary>
    /// <exception cref="RunLogUnavailableException">There is no such file, another process has it open, or it was written by a later version.</exception>
    public static Task<RunLog> OpenAloneAsync(string path, TimeProvider time, ILogger logger, CancellationToken cancellationToken = default) =>
        OpenAloneAsync(path, time, logger, mayCreate: false, cancellationToken);

    /// <inheritdoc cref="OpenAloneAsync(string, TimeProvider, ILogger, CancellationToken)"/>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="mayCreate">Whether a file that is not there is made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RunLog> OpenAloneAsync(string path, TimeProvider time, ILogger logger, bool mayCreate, CancellationToken cancellationToken)
    {
        BackupWriter.RequireNone(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            if (mayCreate && !File.Exists(path))
                Create(path, logger);
            var log = new RunLog(path, new RunLogOptions(), time, logger, busyTimeout: TimeSpan.FromSeconds(1), exclusive: true, audit: AuditOptions.OfEnvironment());
            try
            {
                // Not as a write: the reason is then told as it is.
                log._database.EnsureReady();
                return await OpenedAsync(log, cancellationToken);
            }
            catch
            {
                await log.DisposeAsync();
                throw;
            }
        }
        catch (Exception fault) when (fault is DbException or IOException or UnauthorizedAccessException)
        {
            throw new RunLogUnavailableException($"The run log {path} cannot be opened: {fault.Message}", fault);
        }
    }

    /// <summary>Opens a log on a server for a command, beside the processes of the API. A log of an earlier version is refused: the API brings it up to date.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="audit">The settings of the audit trail. The key must be among them; heads are kept only where a file for them is named.</param>
    /// <param name="mayCreate">Whether a log is made where none is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">It cannot be opened, the key is missing or is not the one that signs the trail, or another version wrote it.</exception>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public static async Task<RunLog> OpenServerAsync(
        string connectionString, AuditOptions audit, bool mayCreate, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(audit.Key))
            throw new RunLogUnavailableException($"The audit trail of a run log on a server is signed with one key: set {AuditOptions.KeyVariable} to what the API has as Audit:Key.");
        if (audit.Violations().FirstOrDefault() is { } violation)
            throw new RunLogUnavailableException(violation);
        var server = new RunLogServer(connectionString, logger, mayCreate ? ServerSchema.Make : ServerSchema.Keep);
        var log = new RunLog(server, Environment.CurrentDirectory, new RunLogOptions(), time, logger, audit: audit, isCommand: true, keepsHeads: audit.NamesHeadFile);
        try
        {
            // Not as a write: the reason is then told as it is.
            await Task.Run(server.EnsureReady, cancellationToken);
            return await OpenedAsync(log, cancellationToken);
        }
        catch (Exception fault)
        {
            await log.DisposeAsync();
            if (fault is DbException)
                throw new RunLogUnavailableException($"The run log {server.Place} cannot be opened: {fault.Message}", fault);
            throw;
        }
    }

    private static async Task<RunLog> OpenedAsync(RunLog log, CancellationToken cancellationToken)
    {
        try
        {
            await log.OpenAsync(cancellationToken);
            return log;
        }
        catch (RunLogUnavailableException fault) when (fault.InnerException is RunLogUnavailableException reason)
        {
            throw new RunLogUnavailableException(reason.Message, fault);
        }
    }

    private static void Create(string path, ILogger logger)
    {
        using var file = new RunLogFile(System.IO.Path.GetFullPath(path), fullSync: true, BusyTimeout, logger);
        file.EnsureReady();
    }
}
