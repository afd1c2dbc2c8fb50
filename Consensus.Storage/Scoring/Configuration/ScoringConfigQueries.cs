using Consensus.Storage.Documents.Versioned;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>Look-ups of scoring configurations.</summary>
internal static class ScoringConfigQueries
{
    /// <summary>What a start needs, on one snapshot.</summary>
    public static StoredScoringConfigs Read(SqliteConnection connection)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var (newest, file) = DocumentTable.ScoringConfigs.Read(connection, snapshot);
        return new StoredScoringConfigs(newest, file, connection.Query<ScoringRubricRow>("SELECT name, version, sha256 FROM scoring_rubrics", transaction: snapshot)
            .ToDictionary(static row => new RubricId(row.name, row.version), static row => row.sha256));
    }
}
