using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Json;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Runs.Reading;

/// <summary>
/// The last row of a page: 8 bytes of time, 16 of id, 8 of a digest over both and the filters, in base64url. The digest keeps a cursor from being used for
/// other filters or after a slip of the keyboard; it is no secret, since a forged cursor shows nothing that the filters would not.
/// </summary>
internal readonly record struct RunCursor(long CreatedAt, byte[] RunId)
{
    private const int TimeLength = 8;
    private const int IdLength = 16;
    private const int DigestLength = 8;
    private const int Length = TimeLength + IdLength + DigestLength;

    public string Write(RunFilter filter)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt);
        RunId.CopyTo(bytes[TimeLength..]);
        Digest(bytes[..(TimeLength + IdLength)], filter).CopyTo(bytes[(TimeLength + IdLength)..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="InvalidCursorException">Not a cursor, or one of other filters.</exception>
    public static RunCursor Read(string text, RunFilter filter)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.IsValid(text, out var length) || length != Length
            || !Base64Url.TryDecodeFromChars(text, bytes, out _) || Base64Url.EncodeToString(bytes) != text)
            throw new InvalidCursorException("The text is not a cursor of this listing.");
        if (!bytes[(TimeLength + IdLength)..].SequenceEqual(Digest(bytes[..(TimeLength + IdLength)], filter)))
            throw new InvalidCursorException("The cursor was issued for other filters, or was altered.");
        return new RunCursor(BinaryPrimitives.ReadInt64BigEndian(bytes), bytes.Slice(TimeLength, IdLength).ToArray());
    }

    /// <summary>Over the position and every filter, each with its length so that no two sets of filters read the same. The page size may change.</summary>
    private static byte[] Digest(ReadOnlySpan<byte> position, RunFilter filter)
    {
        var text = new StringBuilder();
        foreach (var part in (string?[])
                 [
                     StoredTime.Write(filter.From)?.ToString(), StoredTime.Write(filter.To)?.ToString(), WireName.Of(filter.Outcome),
                     WireName.Of(filter.Status), filter.Strategy, filter.Model, filter.Tag, filter.KeyId, filter.HasScore?.ToString(),
                 ])
            text.Append(part?.Length).Append(':').Append(part);
        return SHA256.HashData([.. position, .. Encoding.UTF8.GetBytes(text.ToString())])[..DigestLength];
    }
}
