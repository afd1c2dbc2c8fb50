using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Consensus.ModelSimulator.Randomness;

/// <summary>Hashes that are the same in every process and on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    private const int OnStack = 1024;

    /// <summary>The first eight bytes of the SHA-256 of the text in UTF-8.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > OnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        try
        {
            var bytes = rented ?? stackalloc byte[OnStack];
            var written = Encoding.UTF8.GetBytes(text, bytes);
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes[..written], digest);
            return BinaryPrimitives.ReadUInt64LittleEndian(digest);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Joins two hashes; the order matters. The finalizer is that of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    public static ulong Join(ulong first, ulong second)
    {
        var z = unchecked((first * 0x9E3779B97F4A7C15UL) + second + 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
