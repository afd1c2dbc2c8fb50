using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>What the writer does with scoring configurations inside a transaction.</summary>
internal sealed class ScoringConfigStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _newest = new(connection, "SELECT version || ' ' || source FROM scoring_configs ORDER BY seq DESC LIMIT 1");

    private readonly Statement _insert = new(connection,
        $"""
         INSERT INTO scoring_configs (version, put_at, source, key_id, document)
         VALUES ($version, $putAt, $source, $keyId, {Statement.Text("$document")})
         """,
        "$version", "$putAt", "$source", "$keyId", "$document");

    private readonly Statement _rubric = new(connection,
        "INSERT INTO scoring_rubrics (name, version, sha256) VALUES ($name, $version, $sha256) ON CONFLICT DO NOTHING", "$name", "$version", "$sha256");

    /// <summary>Appends a configuration with its rubrics; false when it is the newest already, and from the same source.</summary>
    public bool Put(VersionedScoringConfig state, string source, string? keyId, DateTimeOffset now)
    {
        if (_newest.Scalar() is string newest && newest == $"{state.Version} {source}")
            return false;
        _insert.Execute(state.Version, StoredTime.Write(now), source, keyId ?? (object)DBNull.Value, ScoringConfigVersions.TextOf(state.Config));
        foreach (var rubric in state.Config.Rubrics)
            _rubric.Execute(rubric.Name, (long)rubric.Version, ScoringConfigVersions.HashOf(rubric));
        return true;
    }

    public void Dispose()
    {
        _newest.Dispose();
        _insert.Dispose();
        _rubric.Dispose();
    }
}
