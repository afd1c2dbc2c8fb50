using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Benchmarks;

/// <summary>The last row of a page: 8 bytes of its order, 8 of a digest over it and the filters, in base64url. The digest is against slips and no secret.</summary>
internal static class BenchmarkCursor
{
    private const int Half = sizeof(long);

    public static string Write(long seq, BenchmarkFilter filter)
    {
        var bytes = new byte[2 * Half];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seq);
        Digest(seq, filter).CopyTo(bytes, Half);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="InvalidCursorException">Not a cursor, or one of other filters.</exception>
    public static long Read(string text, BenchmarkFilter filter)
    {
        var bytes = new byte[2 * Half];
        var seq = Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
        return Write(seq, filter) == text ? seq : throw new InvalidCursorException("The text is not a cursor of this listing with these filters.");
    }

    private static byte[] Digest(long seq, BenchmarkFilter filter)
    {
        var text = new StringBuilder().Append(seq);
        foreach (var part in (string?[])[StoredTime.Write(filter.From)?.ToString(), StoredTime.Write(filter.To)?.ToString(), filter.Suite, filter.Strategy])
            text.Append(part?.Length).Append(':').Append(part);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..Half];
    }
}
