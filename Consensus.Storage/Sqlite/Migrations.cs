using System.Reflection;
using Consensus.Storage.Runs;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Sqlite;

/// <summary>The numbered scripts under <c>Migrations/</c>. A script that has shipped is never edited; <c>Migrations/shipped.sha256</c> pins each.</summary>
internal static partial class Migrations
{
    private static readonly Assembly Here = typeof(Migrations).Assembly;

    /// <summary>The scripts by name, in the order in which they run.</summary>
    public static IReadOnlyList<(string Name, string Sql)> Scripts { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Read(name))),
    ];

    /// <summary>Runs what has not yet run, each script in its own transaction.</summary>
    /// <exception cref="RunLogUnavailableException">A script failed, or the file was written by a later version.</exception>
    public static void Run(string connectionString, ILogger logger)
    {
        var engine = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScripts(Scripts.Select(script => new SqlScript(script.Name, script.Sql)))
            .JournalToSqliteTable("schema_versions")
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new Log(logger))
            .Build();

        if (engine.GetExecutedButNotDiscoveredScripts() is [_, ..] unknown)
            throw new RunLogUnavailableException($"The run log was written by a later version of this program: it has the migration {unknown[^1]}.");
        var result = engine.PerformUpgrade();
        if (!result.Successful)
            throw new RunLogUnavailableException("The run log's schema could not be brought up to date.", result.Error);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>The library's messages are its own chatter; failures come back as the result.</summary>
    private sealed partial class Log(ILogger logger) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => Chatter(format, args);

        public void LogDebug(string format, params object[] args) => Chatter(format, args);

        public void LogInformation(string format, params object[] args) => Chatter(format, args);

        public void LogWarning(string format, params object[] args) => Chatter(format, args);

        public void LogError(string format, params object[] args) => Chatter(format, args);

        public void LogError(Exception ex, string format, params object[] args) => Chatter(format, args);

        private void Chatter(string format, object[] args)
        {
            if (logger.IsEnabled(LogLevel.Debug))
                LogChatter(string.Format(format, args));
        }

        [LoggerMessage(LogLevel.Debug, "Migration: {Message}")]
        private partial void LogChatter(string message);
    }
}
