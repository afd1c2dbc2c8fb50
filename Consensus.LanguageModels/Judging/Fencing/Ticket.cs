using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Consensus.LanguageModels.Judging.Fencing;

/// <summary>
/// A word that stands in a prompt and that a model has to repeat. Nobody who wrote what the prompt quotes can know it, so a reply that repeats what is quoted lacks it.
/// </summary>
public static class Ticket
{
    private const int Bytes = 8;

    /// <summary>The ticket of a prompt: 16 hexadecimal digits of a SHA-256. Equal parts give equal tickets, so that a prompt can be made again.</summary>
    /// <param name="id">The job or run: made at random, after what is quoted was asked for.</param>
    /// <param name="parts">Whatever tells this prompt from others of the same job: the model asked, the texts quoted, their order.</param>
    public static string Of(Guid id, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(id.ToByteArray());
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            // The length first: "ab", "c" and "a", "bc" are different parts.
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes));
    }
}
