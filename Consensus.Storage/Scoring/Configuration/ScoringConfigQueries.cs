using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>Look-ups of scoring configurations.</summary>
internal static class ScoringConfigQueries
{
    public const string ByVersion = "SELECT document FROM scoring_configs WHERE version = @version ORDER BY seq DESC LIMIT 1";
    public const string Newest = "SELECT version, source, key_id, document FROM scoring_configs ORDER BY seq DESC LIMIT 1";
    public const string NewestOfFile = $"SELECT document FROM scoring_configs WHERE source = '{ScoringConfigSource.File}' ORDER BY seq DESC LIMIT 1";
    public const string Page = "SELECT seq, version, put_at, source, key_id FROM scoring_configs WHERE seq < @before ORDER BY seq DESC LIMIT @rows";

    private const string Listing = "scoring_configs";

    /// <summary>What a start needs, on one snapshot.</summary>
    public static StoredScoringConfigs Read(SqliteConnection connection)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var newest = connection.QuerySingleOrDefault<ScoringConfigRow>(Newest, transaction: snapshot);
        return new StoredScoringConfigs(
            newest is null ? null : new StoredScoringConfig(newest.version, newest.source, newest.key_id, newest.document),
            connection.QuerySingleOrDefault<string>(NewestOfFile, transaction: snapshot),
            connection.Query<ScoringRubricRow>("SELECT name, version, sha256 FROM scoring_rubrics", transaction: snapshot)
                .ToDictionary(static row => new RubricId(row.name, row.version), static row => row.sha256));
    }

    /// <summary>A page of the history, newest first.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor was not issued for this listing.</exception>
    public static Func<SqliteConnection, Page<ScoringConfigChange>> List(int limit, string? cursor)
    {
        var rows = Math.Clamp(limit, 1, Limits.MaxPageSize);
        var before = cursor is null ? long.MaxValue : SequenceCursor.Read(cursor, Listing);
        return connection =>
        {
            var found = connection.Query<ScoringConfigRow>(Page, new { before, rows = rows + 1 }).AsList();
            return new Page<ScoringConfigChange>(
                [.. found.Take(rows).Select(static row => new ScoringConfigChange(row.version, StoredTime.Read(row.put_at), row.source, row.key_id))],
                found.Count > rows ? SequenceCursor.Write(found[rows - 1].seq, Listing) : null);
        };
    }
}
