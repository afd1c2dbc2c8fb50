using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;

namespace Consensus.Contracts.Client;

/// <summary>The keys of callers.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>Makes a key. Its secret is told this once.</summary>
    /// <exception cref="ConsensusApiException">The key is not valid, its name is taken (<c>key_exists</c>), it cannot be stored, or the API cannot be reached.</exception>
    public Task<IssuedKey> CreateKeyAsync(NewKey key, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/keys", key, Outgoing.NewKey), ConsensusJson.Default.IssuedKey, cancellationToken);

    /// <summary>Every key, the configured ones first.</summary>
    /// <exception cref="ConsensusApiException">The key may not administer, or the API cannot be reached.</exception>
    public Task<KeyList> ListKeysAsync(CancellationToken cancellationToken = default) => SendAsync(Get("v1/keys"), ConsensusJson.Default.KeyList, cancellationToken);

    /// <summary>A key.</summary>
    /// <exception cref="ConsensusApiException">There is none of this name (<c>key_not_found</c>), or the API cannot be reached.</exception>
    public Task<KeyBody> GetKeyAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/keys/{Uri.EscapeDataString(name)}"), ConsensusJson.Default.KeyBody, cancellationToken);

    /// <summary>Gives a key a new secret, which is told this once.</summary>
    /// <exception cref="ConsensusApiException">There is no such key, it is revoked or configured, or the API cannot be reached.</exception>
    public Task<IssuedKey> RotateKeyAsync(string name, KeyRotation? rotation = null, CancellationToken cancellationToken = default) => SendAsync(
        Post($"v1/keys/{Uri.EscapeDataString(name)}/rotate", rotation ?? new KeyRotation(), Outgoing.KeyRotation), ConsensusJson.Default.IssuedKey, cancellationToken);

    /// <summary>Takes a key back for ever; once more changes nothing.</summary>
    /// <exception cref="ConsensusApiException">There is no such key, it is configured, or the API cannot be reached.</exception>
    public Task<KeyBody> RevokeKeyAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, $"v1/keys/{Uri.EscapeDataString(name)}/revoke"), ConsensusJson.Default.KeyBody, cancellationToken);
}
