using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Runs;

namespace Consensus.Storage.Evidence;

/// <summary>The last row of a page, with a digest over it and the filters. The digest is against slips and no secret.</summary>
internal static class EvidenceCursor
{
    private const int DigestBytes = 8;

    public static string Write(string place, params IReadOnlyList<string?> filters) =>
        Base64Url.EncodeToString([.. Digest(place, filters), .. Encoding.UTF8.GetBytes(place)]);

    /// <exception cref="InvalidCursorException">Not a cursor, or one of other filters.</exception>
    public static string? Read(string? cursor, params IReadOnlyList<string?> filters)
    {
        if (cursor is null)
        {
            return null;
        }

        var bytes = Base64Url.IsValid(cursor) ? Base64Url.DecodeFromChars(cursor) : [];
        var place = bytes.Length > DigestBytes ? Encoding.UTF8.GetString(bytes.AsSpan(DigestBytes)) : "";
        return Write(place, filters) == cursor ? place : throw new InvalidCursorException("The text is not a cursor of this listing with these filters.");
    }

    /// <summary>The same, where the last row is told by its id.</summary>
    /// <exception cref="InvalidCursorException">Not a cursor, or one of other filters.</exception>
    public static Guid? ReadId(string? cursor, params IReadOnlyList<string?> filters) => Read(cursor, filters) switch
    {
        null => null,
        var place when Guid.TryParseExact(place, "N", out var id) => id,
        _ => throw new InvalidCursorException("The text is not a cursor of this listing with these filters."),
    };

    private static byte[] Digest(string place, IReadOnlyList<string?> filters)
    {
        var text = new StringBuilder(place);
        foreach (var part in filters)
        {
            text.Append('\n').Append(part?.Length).Append(':').Append(part);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..DigestBytes];
    }
}
