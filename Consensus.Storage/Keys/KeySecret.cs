using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Consensus.Storage.Keys;

/// <summary>A secret that was just made. Only its hash and its first characters are ever stored.</summary>
/// <remarks>A plain SHA-256 is right for keys and wrong for passwords: 256 random bits are past guessing however fast the hash.</remarks>
/// <param name="Text">The secret.</param>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Hint">Its first characters.</param>
public sealed record KeySecret(string Text, byte[] Hash, string Hint)
{
    /// <summary>What every secret begins with, so that scanners and the redactor know one.</summary>
    public const string Prefix = "csk_";

    private const int RandomBytes = 32;
    private const int HintCharacters = 10;

    /// <summary>Makes a secret of 256 random bits.</summary>
    public static KeySecret New()
    {
        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return new KeySecret(text, HashOf(text), text[..HintCharacters]);
    }

    /// <summary>The hash under which a secret is known.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Not the secret: a record that is logged or shown tells nothing.</summary>
    public override string ToString() => Hint + "…";
}
