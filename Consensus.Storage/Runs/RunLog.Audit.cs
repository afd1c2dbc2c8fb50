using Consensus.Contracts.Audit;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;

namespace Consensus.Storage.Runs;

/// <summary>What happened, for auditors.</summary>
public sealed partial class RunLog
{
    /// <summary>How often a head is kept while entries come.</summary>
    internal TimeSpan KeepHeadsEvery => _trail.Every;

    /// <summary>Lists entries of the audit trail, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<AuditEntry>> ListAuditAsync(AuditFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => AuditReader.List(connection, filter)), cancellationToken);

    /// <summary>Signs the end of the audit trail as it is now; null before its first entry.</summary>
    /// <exception cref="RunLogUnavailableException">The file or the key cannot be read.</exception>
    public async Task<AuditHead?> SignAuditHeadAsync(CancellationToken cancellationToken)
    {
        var end = await ReadAsync(() => _reader.Read(AuditReader.End), cancellationToken);
        try
        {
            return end.Seq == 0 ? null : _trail.Sign(end);
        }
        catch (IOException fault)
        {
            throw new RunLogUnavailableException("The audit key cannot be read.", fault);
        }
    }

    /// <summary>Keeps a signed head of what is durable outside the database, unless the last one tells of it already.</summary>
    internal void KeepAuditHead() => _trail.Keep();
}
