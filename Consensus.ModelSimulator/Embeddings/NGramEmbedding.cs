using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Embeddings;

/// <summary>
/// Embeds a text by feature hashing (Weinberger et al. 2009) of its words and of the character n-grams in them: texts that share words or parts of words get similar
/// vectors, whatever the script. It knows nothing of meaning.
/// </summary>
internal static class NGramEmbedding
{
    private const float WordWeight = 2;
    private const int ShortestGram = 3;
    private const int LongestGram = 4;

    /// <summary>The vector of unit length. The same text and dimensions give the same vector in every process.</summary>
    public static float[] Embed(string text, int dimensions)
    {
        var vector = new float[dimensions];
        Span<char> word = stackalloc char[64];
        var length = 0;
        word[length++] = '<';
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                word[length++] = char.ToLowerInvariant(character);
                length = length < word.Length - 1 ? length : Add(word, length, vector);
            }
            else
            {
                length = Add(word, length, vector);
            }
        }

        Add(word, length, vector);
        Normalise(vector, text);
        return vector;
    }

    private static void Normalise(float[] vector, string text)
    {
        var norm = Math.Sqrt(vector.Sum(static x => (double)x * x));
        if (norm == 0)
        {
            // Nothing but punctuation, or features that cancel: the text as a whole still has its own direction.
            vector[StableHash.Of(text) % (ulong)vector.Length] = 1;
            return;
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(vector[i] / norm);
        }
    }

    // Adds a word in its "<...>" frame and gives the length of the next one's start.
    private static int Add(Span<char> word, int length, float[] vector)
    {
        if (length > 1)
        {
            word[length] = '>';
            var framed = word[..(length + 1)];
            AddFeature(framed, WordWeight, vector);
            for (var size = ShortestGram; size <= LongestGram; size++)
            {
                for (var start = 0; start + size <= framed.Length; start++)
                {
                    AddFeature(framed.Slice(start, size), 1, vector);
                }
            }
        }

        return 1;
    }

    // FNV-1a (Fowler, Noll, Vo), finished by SplitMix64: short features need no cryptographic hash.
    private static void AddFeature(ReadOnlySpan<char> feature, float weight, float[] vector)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in feature)
        {
            hash = unchecked((hash ^ character) * 1099511628211UL);
        }

        hash = StableHash.Join(hash, (ulong)feature.Length);
        vector[hash % (ulong)vector.Length] += (hash >> 63) == 0 ? weight : -weight;
    }
}
