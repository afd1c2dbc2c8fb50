using Consensus.Contracts.Audit;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Scoring.Configuration;
using Dapper;

namespace Consensus.Storage.Runs;

/// <summary>How runs are judged.</summary>
public sealed partial class RunLog
{
    /// <summary>Makes a scoring configuration the newest, and keeps what its rubrics are; false when it is the newest already and from the same source.</summary>
    /// <param name="state">The configuration.</param>
    /// <param name="source">How it came in force, of <see cref="DocumentSource"/>.</param>
    /// <param name="keyId">The key that brought it.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<bool> PutScoringConfigAsync(VersionedScoringConfig state, string source, string? keyId, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(statements => statements.Audit.Changed(
            statements.ScoringConfigs.Put(state, source, keyId, now), AuditAction.ScoringConfigChanged, AuditSubjects.ScoringConfig, state.Version, source, keyId, now), cancellationToken);
    }

    /// <summary>The newest scoring configuration, and what else a start needs to know.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<StoredScoringConfigs> FindScoringConfigsAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(ScoringConfigQueries.Read), cancellationToken);

    /// <summary>The text of a scoring configuration that is or was in force; null without one.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<string?> FindScoringConfigAsync(string version, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => connection.QuerySingleOrDefault<string>(DocumentTable.ScoringConfigs.ByVersion, new { version })), cancellationToken);

    /// <summary>Lists the scoring configurations that came in force, newest first, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for this listing.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<ScoringConfigChange>> ListScoringConfigsAsync(int limit, string? cursor, CancellationToken cancellationToken) =>
        ReadAsync(
            () => _reader.Read(DocumentTable.ScoringConfigs.List(
                limit, cursor, static row => new ScoringConfigChange(row.version, StoredTime.Read(row.put_at), row.source, row.key_id))),
            cancellationToken);
}
