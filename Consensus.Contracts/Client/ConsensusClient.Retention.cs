using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;

namespace Consensus.Contracts.Client;

/// <summary>How long things are kept; takes a key with the scope <c>admin</c>.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>The policy in force, what is due, what is held, and the last purges.</summary>
    /// <exception cref="ConsensusApiException">The key is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<RetentionStatus> GetRetentionAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/retention"), ConsensusJson.Default.RetentionStatus, cancellationToken);

    /// <summary>Erases what is due now, or only counts it. A call that is given up ends the purge after the batch that was begun.</summary>
    /// <exception cref="ConsensusApiException">A purge is going on (<c>purge_in_progress</c>), the key is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<PurgeReceipt> PurgeAsync(bool dryRun, CancellationToken cancellationToken = default) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "v1/retention/purge" + QueryText.Of(("dryRun", QueryText.Flag(dryRun)))), ConsensusJson.Default.PurgeReceipt, cancellationToken);
}
