using System.Security.Cryptography;

namespace Consensus.Storage.Audit.Keys;

/// <summary>
/// A secret that signs the audit trail. Entries, heads, digests of content and hashes of requests each have a key of their own, derived by HKDF (RFC 5869), so that none of them
/// can stand for another.
/// </summary>
internal sealed class AuditKey
{
    /// <summary>The least bytes of a secret.</summary>
    public const int MinBytes = 32;

    private const int IdBytes = 8;

    private readonly byte[] _entries;
    private readonly byte[] _heads;
    private readonly byte[] _digests;
    private readonly byte[] _requests;

    public AuditKey(ReadOnlySpan<byte> secret)
    {
        var bytes = secret.ToArray();
        Id = Convert.ToHexStringLower(Derive(bytes, "id", IdBytes));
        _entries = Derive(bytes, "entries", SHA256.HashSizeInBytes);
        _heads = Derive(bytes, "heads", SHA256.HashSizeInBytes);
        _digests = Derive(bytes, "digests", SHA256.HashSizeInBytes);
        _requests = Derive(bytes, "requests", SHA256.HashSizeInBytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>What the key is called: 16 hexadecimal digits, derived from it. It tells nothing of the key.</summary>
    public string Id { get; }

    /// <summary>Reads a configured secret; null when it is not Base64, or too short.</summary>
    public static AuditKey? TryRead(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64.Trim(), bytes, out var length) && length >= MinBytes ? new AuditKey(bytes.AsSpan(0, length)) : null;
    }

    /// <summary>Signs an entry by its hash.</summary>
    public byte[] SignEntry(ReadOnlySpan<byte> hash) => HMACSHA256.HashData(_entries, hash);

    /// <summary>Signs a head by its canonical bytes.</summary>
    public byte[] SignHead(ReadOnlySpan<byte> canonical) => HMACSHA256.HashData(_heads, canonical);

    /// <summary>What stands for content in the trail: nobody can guess content by it without the key.</summary>
    /// <param name="sha256">The SHA-256 of the content.</param>
    public string DigestOf(ReadOnlySpan<byte> sha256) => Convert.ToHexStringLower(HMACSHA256.HashData(_digests, sha256));

    /// <summary>What stands for a request in the lineage of its run.</summary>
    /// <param name="sha256">The SHA-256 of the request's canonical text.</param>
    public string RequestOf(ReadOnlySpan<byte> sha256) => Convert.ToHexStringLower(HMACSHA256.HashData(_requests, sha256));

    /// <summary>Not the secret: a key that is logged or shown tells nothing.</summary>
    public override string ToString() => Id;

    private static byte[] Derive(byte[] secret, string use, int bytes) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, bytes, salt: [], info: System.Text.Encoding.ASCII.GetBytes("consensus audit " + use));
}
