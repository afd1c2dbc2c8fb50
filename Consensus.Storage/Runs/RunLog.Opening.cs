using System.Data.Common;
using Consensus.Storage.Audit;
using Consensus.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Runs;

/// <summary>Opening a log that is a file.</summary>
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
        try
        {
            if (mayCreate && !File.Exists(path))
                Create(path, logger);
            var log = new RunLog(path, new RunLogOptions(), time, logger, busyTimeout: TimeSpan.FromSeconds(1), exclusive: true, audit: AuditOptions.OfEnvironment());
            try
            {
                // Not as a write: the reason is then told as it is.
                log._database.EnsureReady();
                await log.OpenAsync(cancellationToken);
                return log;
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

    private static void Create(string path, ILogger logger)
    {
        using var file = new RunLogFile(System.IO.Path.GetFullPath(path), fullSync: true, BusyTimeout, logger);
        file.EnsureReady();
    }
}
