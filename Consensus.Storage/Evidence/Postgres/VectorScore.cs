using System.Buffers.Binary;
using System.Text;
using Consensus.Storage.Evidence.Searching;

namespace Consensus.Storage.Evidence.Postgres;

/// <summary>
/// The score of a passage, from its vector as the server sends it (<c>tsvectorsend</c>), without making anything of the words that were not asked for: a number
/// of words; then each, its UTF-8 ended by a zero, the number of its places, and those.
/// </summary>
internal static class VectorScore
{
    /// <summary>Bytes of a number of words, and of a place or a number of places.</summary>
    private const int Count = 4;
    private const int Place = 2;

    /// <summary>Words are shorter: no token of Lucene has more than 255 characters, and the number of a collection is before it.</summary>
    private const int MostCharacters = 2_048;

    /// <param name="vector">The vector.</param>
    /// <param name="weights">What the words weigh that were asked for.</param>
    /// <param name="norm">What the passage's length means for its words.</param>
    public static double Of(ReadOnlySpan<byte> vector, Dictionary<string, float>.AlternateLookup<ReadOnlySpan<char>> weights, float norm)
    {
        var score = 0.0;
        Span<char> letters = stackalloc char[MostCharacters];
        var left = BinaryPrimitives.ReadInt32BigEndian(vector);
        for (vector = vector[Count..]; left > 0; left--)
        {
            var end = vector.IndexOf((byte)0);
            var word = letters[..Encoding.UTF8.GetChars(vector[..end], letters)];
            var times = BinaryPrimitives.ReadUInt16BigEndian(vector[(end + 1)..]);
            score += weights.TryGetValue(word, out var weight) ? Bm25.Score(weight, times, norm) : 0;
            vector = vector[(end + 1 + Place + (times * Place))..];
        }

        return score;
    }
}
