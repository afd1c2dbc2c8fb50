using System.Security.Cryptography;
using System.Text;

namespace Consensus.LanguageModels.Caching;

/// <summary>
/// Names and seals what leaves the process: names by HMAC-SHA256, values by AES-256-GCM (NIST SP 800-38D) with a random nonce, bound to their name. Both keys come
/// from one secret by HKDF-SHA256 (RFC 5869), so that processes with the same secret read each other's.
/// </summary>
/// <remarks>Random nonces of 96 bits are good for 2^32 values under one secret; a cache that wrote a thousand a second would be there after fifty days, and a new secret begins anew.</remarks>
public sealed class AnswerVault
{
    /// <summary>The fewest bytes of a secret.</summary>
    public const int LeastSecretBytes = 32;

    private const byte Version = 1;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = 1 + NonceBytes + TagBytes;

    private readonly byte[] _naming;
    private readonly byte[] _sealing;

    /// <param name="secret">At least <see cref="LeastSecretBytes"/> bytes that nobody can guess.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public AnswerVault(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < LeastSecretBytes)
            throw new ArgumentException($"A secret has at least {LeastSecretBytes} bytes.", nameof(secret));
        _naming = Derive(secret, "consensus answer cache: names");
        _sealing = Derive(secret, "consensus answer cache: values");
    }

    /// <summary>A name for some content that tells nothing of it to who has not the secret: 64 hexadecimal digits.</summary>
    public string Name(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HMACSHA256.HashData(_naming, content));

    /// <summary>Seals a value under its name.</summary>
    public byte[] Seal(string name, ReadOnlySpan<byte> value)
    {
        var sealedValue = new byte[Overhead + value.Length];
        sealedValue[0] = Version;
        var nonce = sealedValue.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_sealing, TagBytes);
        aes.Encrypt(nonce, value, sealedValue.AsSpan(Overhead), sealedValue.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return sealedValue;
    }

    /// <summary>Opens a value; null when it was sealed with another secret or under another name, or is damaged.</summary>
    public byte[]? Open(string name, ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length < Overhead || sealedValue[0] != Version)
            return null;
        var value = new byte[sealedValue.Length - Overhead];
        try
        {
            using var aes = new AesGcm(_sealing, TagBytes);
            aes.Decrypt(
                sealedValue.Slice(1, NonceBytes), sealedValue[Overhead..], sealedValue.Slice(1 + NonceBytes, TagBytes), value, Encoding.UTF8.GetBytes(name));
            return value;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Derive(ReadOnlySpan<byte> secret, string use)
    {
        var key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], Encoding.UTF8.GetBytes(use));
        return key;
    }
}
