using System.Data.Common;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>What the writer does with scoring configurations inside a transaction.</summary>
internal sealed class ScoringConfigStatements(DbConnection connection) : IDisposable
{
    private readonly DocumentStatements _configs = new(connection, DocumentTable.ScoringConfigs);

    private readonly Statement _rubric = new(connection,
        "INSERT INTO scoring_rubrics (name, version, sha256) VALUES ($name, $version, $sha256) ON CONFLICT DO NOTHING", "$name", "$version", "$sha256");

    /// <summary>Appends a configuration with its rubrics; false when it is the newest already, and from the same source.</summary>
    public bool Put(VersionedScoringConfig state, string source, string? keyId, DateTimeOffset now)
    {
        if (!_configs.Put(new StoredDocument(state.Version, source, keyId, ScoringConfigVersions.TextOf(state.Config)), now))
            return false;
        foreach (var rubric in state.Config.Rubrics)
            _rubric.Execute(rubric.Name, (long)rubric.Version, ScoringConfigVersions.HashOf(rubric));
        return true;
    }

    public void Dispose()
    {
        _configs.Dispose();
        _rubric.Dispose();
    }
}
