using System.Reflection;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Databases;

/// <summary>
/// The numbered scripts under <c>Migrations/</c> and, for PostgreSQL, <c>Postgres/Migrations/</c> and <c>Postgres/EvidenceMigrations/</c>. A script that has
/// shipped is never edited; the <c>shipped.sha256</c> beside them pins each.
/// </summary>
internal static partial class Migrations
{
    /// <summary>The schema of the evidence store's tables.</summary>
    public const string EvidenceSchema = "evidence";

    private const string Journal = "schema_versions";
    private const string RunLogName = "run log";
    private const string PostgresFolder = "postgresql/";
    private const string EvidenceFolder = "evidence/";

    private static readonly TimeSpan LongestScript = TimeSpan.FromHours(2);

    private static readonly Assembly Here = typeof(Migrations).Assembly;

    /// <summary>The scripts for SQLite by name, in the order in which they run.</summary>
    public static IReadOnlyList<(string Name, string Sql)> Scripts { get; } = [.. ScriptsBy(static name => !name.Contains('/', StringComparison.Ordinal))];

    /// <summary>Those for PostgreSQL.</summary>
    public static IReadOnlyList<(string Name, string Sql)> PostgresScripts { get; } = [.. ScriptsBy(static name => name.StartsWith(PostgresFolder, StringComparison.Ordinal))];

    /// <summary>Those of the evidence store on PostgreSQL.</summary>
    public static IReadOnlyList<(string Name, string Sql)> EvidenceScripts { get; } = [.. ScriptsBy(static name => name.StartsWith(EvidenceFolder, StringComparison.Ordinal))];

    /// <summary>Runs what has not yet run on a SQLite file, each script in its own transaction.</summary>
    /// <exception cref="RunLogUnavailableException">A script failed, or the file was written by a later version.</exception>
    public static void Run(string connectionString, ILogger logger) => RunLog(DeployChanges.To.SqliteDatabase(connectionString).JournalToSqliteTable(Journal), Scripts, logger);

    /// <summary>The same on a PostgreSQL database; the caller sees to it that no other process does so.</summary>
    /// <exception cref="RunLogUnavailableException">A script failed, or the database was written by a later version.</exception>
    public static void RunPostgres(string connectionString, ILogger logger) => RunLog(Postgres(connectionString), PostgresScripts, logger);

    /// <summary>Whether a PostgreSQL database has all of the scripts; null when it has none, for there is no run log in it.</summary>
    /// <exception cref="RunLogUnavailableException">The database was written by a later version.</exception>
    public static bool? IsCurrentPostgres(string connectionString, ILogger logger)
    {
        var engine = Engine(Postgres(connectionString), PostgresScripts, logger, RunLogName, Unavailable);
        return engine.GetExecutedScripts().Count == 0 ? null : !engine.IsUpgradeRequired();
    }

    /// <summary>Of a large log a script may take minutes; the half minute that a statement has by default would end it.</summary>
    private static UpgradeEngineBuilder Postgres(string connectionString) =>
        DeployChanges.To.PostgresqlDatabase(connectionString).JournalToPostgresqlTable(null, Journal).WithExecutionTimeout(LongestScript);

    /// <summary>The same of the evidence store, whose schema is there; likewise.</summary>
    /// <exception cref="EvidenceUnavailableException">A script failed, or the database was written by a later version.</exception>
    public static void RunEvidence(string connectionString, ILogger logger) => Run(
        DeployChanges.To.PostgresqlDatabase(connectionString).JournalToPostgresqlTable(EvidenceSchema, Journal), EvidenceScripts, logger, "evidence store",
        static (message, fault) => new EvidenceUnavailableException(message, fault));

    private static void RunLog(UpgradeEngineBuilder builder, IReadOnlyList<(string Name, string Sql)> scripts, ILogger logger) =>
        Run(builder, scripts, logger, RunLogName, Unavailable);

    private static RunLogUnavailableException Unavailable(string message, Exception? fault) => new(message, fault);

    private static void Run(
        UpgradeEngineBuilder builder, IReadOnlyList<(string Name, string Sql)> scripts, ILogger logger, string what, Func<string, Exception?, Exception> refusal)
    {
        var result = Engine(builder, scripts, logger, what, refusal).PerformUpgrade();
        if (!result.Successful)
            throw refusal($"The {what}'s schema could not be brought up to date.", result.Error);
    }

    private static UpgradeEngine Engine(
        UpgradeEngineBuilder builder, IReadOnlyList<(string Name, string Sql)> scripts, ILogger logger, string what, Func<string, Exception?, Exception> refusal)
    {
        var engine = builder
            .WithScripts(scripts.Select(script => new SqlScript(script.Name, script.Sql)))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new Log(logger))
            .Build();

        if (engine.GetExecutedButNotDiscoveredScripts() is [_, ..] unknown)
            throw refusal($"The {what} was written by a later version of this program: it has the migration {unknown[^1]}.", null);
        return engine;
    }

    private static IEnumerable<(string Name, string Sql)> ScriptsBy(Func<string, bool> isWanted) => Here.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && isWanted(name))
        .Order(StringComparer.Ordinal)
        .Select(name => (name, Read(name)));

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
