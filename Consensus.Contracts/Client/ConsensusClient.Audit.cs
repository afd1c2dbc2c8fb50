using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>The audit trail; takes a key with the scope <c>admin</c>.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>A page of the audit trail.</summary>
    /// <exception cref="ConsensusApiException">A filter or the key is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<Page<AuditEntry>> ListAuditAsync(AuditQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/audit" + query?.ToQueryString()), ConsensusJson.Default.PageAuditEntry, cancellationToken);

    /// <summary>The signed end of the audit trail as it is now.</summary>
    /// <exception cref="ConsensusApiException">The key is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<AuditHead> GetAuditHeadAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/audit/head"), ConsensusJson.Default.AuditHead, cancellationToken);
}
