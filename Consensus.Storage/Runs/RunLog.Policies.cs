using Consensus.Contracts.Audit;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Databases;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Policies;
using Consensus.Storage.Runs.Fields;
using Dapper;

namespace Consensus.Storage.Runs;

/// <summary>What may be asked, and which answers are given out.</summary>
public sealed partial class RunLog
{
    /// <summary>Makes a policy the newest; false when it is the newest already and from the same source.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="source">How it came in force, of <see cref="DocumentSource"/>.</param>
    /// <param name="keyId">The key that brought it.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<bool> PutPolicyAsync(VersionedPolicy policy, string source, string? keyId, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        var document = new StoredDocument(policy.Version, source, keyId, PolicyReader.TextOf(policy.Policy));
        return _writer.WriteAsync(statements => statements.Audit.Changed(
            statements.Policies.Put(document, now), AuditAction.PolicyChanged, AuditSubjects.Policy, policy.Version, source, keyId, now), cancellationToken);
    }

    /// <summary>The newest policy, and what else a start needs to know.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<StoredDocuments> FindPoliciesAsync(CancellationToken cancellationToken) => ReadAsync(
        () => _reader.Read(connection =>
        {
            using var snapshot = connection.BeginSnapshot();
            return DocumentTable.Policies.Read(connection, snapshot);
        }),
        cancellationToken);

    /// <summary>The text of a policy that is or was in force; null without one.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<string?> FindPolicyAsync(string version, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => connection.QuerySingleOrDefault<string>(DocumentTable.Policies.ByVersion, new { version })), cancellationToken);

    /// <summary>Lists the policies that came in force, newest first, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for this listing.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<PolicyChange>> ListPoliciesAsync(int limit, string? cursor, CancellationToken cancellationToken) => ReadAsync(
        () => _reader.Read(DocumentTable.Policies.List(limit, cursor, static row => new PolicyChange(row.version, StoredTime.Read(row.put_at), row.source, row.key_id))),
        cancellationToken);
}
