using Consensus.Storage.Audit;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Benchmarks.RunLogs;

/// <summary>The log that is measured, as the API opens it: a file, or a database.</summary>
internal static class OpenedLog
{
    private static readonly RunLogOptions Options = new() { Content = RunContent.Full };

    /// <param name="path">The file.</param>
    /// <param name="database">The database; <c>null</c>: the file is measured.</param>
    public static RunLog Open(string path, string? database)
    {
        var folder = Path.GetDirectoryName(path)!;
        return database is null
            ? new RunLog(path, Options, TimeProvider.System, NullLogger.Instance)
            : new RunLog(
                new RunLogServer(database, NullLogger.Instance), folder, Options, TimeProvider.System, NullLogger.Instance,
                audit: new AuditOptions { Key = Convert.ToBase64String(new byte[32]) });
    }
}
