using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Runs;

namespace Consensus.Storage.Scoring;

/// <summary>The last row of a page of scores: 8 bytes of its time, 8 of its order, 8 of a digest over both and the filters, in base64url. The digest is against
/// slips and no secret.</summary>
internal readonly record struct ScoreCursor(long ScoredAt, long Seq)
{
    private const int Part = sizeof(long);

    public string Write(ScoreFilter filter)
    {
        var bytes = new byte[3 * Part];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ScoredAt);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(Part), Seq);
        Digest(filter).CopyTo(bytes, 2 * Part);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="InvalidCursorException">Not a cursor, or one of other filters.</exception>
    public static ScoreCursor Read(string text, ScoreFilter filter)
    {
        var bytes = new byte[3 * Part];
        var cursor = Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? new ScoreCursor(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(Part)))
            : default;
        return cursor.Write(filter) == text ? cursor : throw new InvalidCursorException("The text is not a cursor of this listing with these filters.");
    }

    private byte[] Digest(ScoreFilter filter)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{ScoredAt} {Seq}");
        foreach (var part in filter.Parts)
            text.Append(part?.Length).Append(':').Append(part);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..Part];
    }
}
