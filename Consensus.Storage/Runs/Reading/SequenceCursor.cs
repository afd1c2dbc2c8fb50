using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Consensus.Storage.Runs.Reading;

/// <summary>The last row of a page: 8 bytes of its order, 8 of a digest over it and the filters, in base64url. The digest is against slips and no secret.</summary>
internal static class SequenceCursor
{
    private const int Half = sizeof(long);

    /// <param name="seq">The order of the last row.</param>
    /// <param name="filters">The listing's name and its filters, always in the same order.</param>
    public static string Write(long seq, params IReadOnlyList<string?> filters)
    {
        var bytes = new byte[2 * Half];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seq);
        Digest(seq, filters).CopyTo(bytes, Half);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="InvalidCursorException">Not a cursor, or one of other filters.</exception>
    public static long Read(string text, params IReadOnlyList<string?> filters)
    {
        var bytes = new byte[2 * Half];
        var seq = Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
        return Write(seq, filters) == text ? seq : throw new InvalidCursorException("The text is not a cursor of this listing with these filters.");
    }

    private static byte[] Digest(long seq, IReadOnlyList<string?> filters)
    {
        var text = new StringBuilder().Append(seq);
        foreach (var part in filters)
            text.Append(part?.Length).Append(':').Append(part);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..Half];
    }
}
