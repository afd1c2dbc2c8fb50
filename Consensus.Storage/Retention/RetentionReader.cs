using System.Data.Common;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs.Fields;
using Dapper;

namespace Consensus.Storage.Retention;

/// <summary>How the file stands to a policy.</summary>
/// <param name="Tables">Each table, in the order in which they are purged.</param>
/// <param name="HeldRuns">Runs with a tag that holds them.</param>
/// <param name="FreeBytes">Bytes of the file that hold nothing.</param>
/// <param name="GivesSpaceBack">Whether the file was made so that it can shrink.</param>
public sealed record RetentionSurvey(IReadOnlyList<TableRetention> Tables, long HeldRuns, long FreeBytes, bool GivesSpaceBack);

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>Look-ups for retention.</summary>
internal static class RetentionReader
{
    // A purge in small batches has many rows: the last ones are enough to tell of the last purges.
    private const string Purges =
        """
        WITH recent AS (SELECT * FROM retention_audit ORDER BY seq DESC LIMIT 10000)
        SELECT max(seq) AS seq, purge_id, min(purged_at) AS began, max(purged_at) AS ended, source, key_id, dry_run, policy_version, purged_table, reason,
            cut_off, max_rows, sum(purged_rows) AS purged_rows, sum(owned_rows) AS owned_rows, max(kept_rows) AS kept_rows
        FROM recent GROUP BY purge_id, purged_table, reason, source, key_id, dry_run, policy_version, cut_off, max_rows ORDER BY seq DESC LIMIT @most
        """;

    /// <summary>The newest policy; null without one.</summary>
    public static RetentionPolicy? Policy(DbConnection connection) =>
        connection.QuerySingleOrDefault<string>("SELECT document FROM retention_policies ORDER BY seq DESC LIMIT 1") is { } document ? RetentionPolicies.Read(document) : null;

    /// <summary>What the last purges did, newest first.</summary>
    public static IReadOnlyList<PurgeRecord> LastPurges(DbConnection connection, int most) =>
        [.. connection.Query<PurgeRow>(Purges, new { most }).Select(static row => row.ToBody())];

    /// <summary>Counts what is there and what is due. Takes as long as an index is large.</summary>
    public static RetentionSurvey Survey(RunDatabase database, DbConnection connection, RetentionPolicy policy, DateTimeOffset now)
    {
        var holds = RetentionPolicies.Holds(policy);
        var (free, givesBack) = database.MeasureSpace(connection);
        return new RetentionSurvey(
            [.. RetainedTables.All.Select(known => Survey(connection, known, RetentionPolicies.RuleOf(policy, known.Table), holds, now))],
            policy.HoldTags.Count == 0 ? 0 : connection.QuerySingle<long>("SELECT count(DISTINCT run_seq) FROM run_tags WHERE tag IN (SELECT value FROM json_each(@holds))", new { holds }),
            free,
            givesBack);
    }

    /// <summary>Rows before this are too old, as stored; null when none is.</summary>
    public static long? CutOff(RetentionRule rule, DateTimeOffset now) => rule.Days is { } days ? StoredTime.Write(now - TimeSpan.FromDays(days)) : null;

    private static TableRetention Survey(DbConnection connection, PurgedTableSql known, RetentionRule rule, string holds, DateTimeOffset now)
    {
        var rows = connection.QuerySingle<long>(known.Count);
        var cutOff = CutOff(rule, now);
        var (old, kept) = cutOff is null ? (0, 0) : connection.QuerySingle<(long, long)>(known.TooOld, new { holds, cutOff });
        var byAge = old - kept;
        var tooMany = rule.MaxRows is { } most ? Math.Max(0, rows - byAge - most) : 0;
        return new TableRetention(
            known.Table, rule.Days, rule.MaxRows, rows, StoredTime.Read(connection.QuerySingle<long?>(known.Oldest)), byAge,
            tooMany == 0 ? 0 : connection.QuerySingle<long>(known.Purgeable, new { holds, most = byAge + tooMany }) - byAge, kept);
    }

    private sealed class PurgeRow
    {
        public byte[] purge_id { get; init; } = [];
        public long began { get; init; }
        public long ended { get; init; }
        public string source { get; init; } = "";
        public string? key_id { get; init; }
        public long dry_run { get; init; }
        public string policy_version { get; init; } = "";
        public string purged_table { get; init; } = "";
        public string reason { get; init; } = "";
        public long? cut_off { get; init; }
        public long? max_rows { get; init; }
        public long purged_rows { get; init; }
        public long owned_rows { get; init; }
        public long kept_rows { get; init; }

        public PurgeRecord ToBody() => new(
            StoredValue.Id(purge_id), StoredTime.Read(began), StoredTime.Read(ended), WireName.Parse<PurgeSource>(source), key_id, dry_run != 0, policy_version,
            WireName.Parse<RetainedTable>(purged_table), WireName.Parse<PurgeReason>(reason), StoredTime.Read(cut_off), max_rows, purged_rows, owned_rows, kept_rows);
    }
}
