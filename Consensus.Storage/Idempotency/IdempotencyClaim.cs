using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Idempotency;

/// <summary>
/// That one request is to begin one run, however often it is sent. Unique by the caller, the route and the caller's <c>Idempotency-Key</c>.
/// </summary>
/// <remarks>
/// What is stored cannot be turned back: the claim is a hash, and the body's code is keyed with the Idempotency-Key itself, which is not stored, so that nobody
/// can try out what was asked.
/// </remarks>
public sealed record IdempotencyClaim
{
    /// <summary>How long a claim holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private IdempotencyClaim(byte[] id, byte[] bodyMac)
    {
        Id = id;
        BodyMac = bodyMac;
    }

    /// <summary>SHA-256 of caller, route and key: 32 bytes.</summary>
    public byte[] Id { get; }

    /// <summary>HMAC-SHA-256 of the canonical body: 32 bytes.</summary>
    public byte[] BodyMac { get; }

    /// <param name="keyId">The API key's name; <c>null</c> for callers without one.</param>
    /// <param name="route">What is asked for, such as <c>POST /v1/consensus</c>.</param>
    /// <param name="key">The caller's <c>Idempotency-Key</c>.</param>
    /// <param name="body">The request's body. White space and the order of members have no part in it.</param>
    public static IdempotencyClaim Of(string? keyId, string route, string key, JsonElement body)
    {
        // Lengths in between, so that no two triples run into the same text.
        var text = $"{keyId?.Length ?? -1}:{keyId}{route.Length}:{route}{key}";
        var canonical = Encoding.UTF8.GetBytes(CanonicalJson.HashOf(body, ConsensusJson.Default.JsonElement));
        return new IdempotencyClaim(SHA256.HashData(Encoding.UTF8.GetBytes(text)), HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), canonical));
    }
}

/// <summary>What a claim stands for already.</summary>
/// <param name="RunId">The run that was begun.</param>
/// <param name="SameBody">Whether it was begun by the same body; <c>null</c> where the run was erased and nobody can tell.</param>
public sealed record ClaimedRun(Guid RunId, bool? SameBody);
