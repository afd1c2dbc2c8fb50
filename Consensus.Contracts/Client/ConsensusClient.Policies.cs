using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>The policy.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>The policy in force.</summary>
    /// <exception cref="ConsensusApiException">The API cannot be reached, or refuses the key.</exception>
    public Task<VersionedPolicy> GetPolicyAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/policy"), ConsensusJson.Default.VersionedPolicy, cancellationToken);

    /// <summary>A policy that is or was in force, by its version.</summary>
    /// <exception cref="ConsensusApiException">There is none (<c>policy_not_found</c>), or the API cannot be reached.</exception>
    public Task<VersionedPolicy> GetPolicyAsync(string version, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/policy/{Uri.EscapeDataString(version)}"), ConsensusJson.Default.VersionedPolicy, cancellationToken);

    /// <summary>Puts a policy in force.</summary>
    /// <exception cref="ConsensusApiException">The policy or the key is refused, it cannot be stored, or the API cannot be reached.</exception>
    public Task<PolicyReceipt> PutPolicyAsync(PolicyDocument policy, CancellationToken cancellationToken = default) =>
        SendAsync(Put("v1/policy", policy, Outgoing.PolicyDocument), ConsensusJson.Default.PolicyReceipt, cancellationToken);

    /// <summary>A page of the policies that came in force, newest first.</summary>
    /// <param name="cursor">The end of an earlier page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ConsensusApiException">The run log is off, or the API cannot be reached.</exception>
    public Task<Page<PolicyChange>> ListPoliciesAsync(string? cursor = null, CancellationToken cancellationToken = default) => SendAsync(
        Get("v1/policy/history" + (cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}")), ConsensusJson.Default.PagePolicyChange, cancellationToken);
}
