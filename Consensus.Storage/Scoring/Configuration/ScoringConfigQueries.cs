using System.Data.Common;
using Consensus.Storage.Databases;
using Consensus.Storage.Documents.Versioned;
using Dapper;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>Look-ups of scoring configurations.</summary>
internal static class ScoringConfigQueries
{
    /// <summary>What a start needs, on one snapshot.</summary>
    public static StoredScoringConfigs Read(DbConnection connection)
    {
        using var snapshot = connection.BeginSnapshot();
        var (newest, file) = DocumentTable.ScoringConfigs.Read(connection, snapshot);
        return new StoredScoringConfigs(newest, file, connection.Query<ScoringRubricRow>("SELECT name, version, sha256 FROM scoring_rubrics", transaction: snapshot)
            .ToDictionary(static row => new RubricId(row.name, row.version), static row => row.sha256));
    }
}
