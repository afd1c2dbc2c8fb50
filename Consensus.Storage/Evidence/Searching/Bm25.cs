using Lucene.Net.Util;

namespace Consensus.Storage.Evidence.Searching;

/// <summary>
/// BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; k₁ = 1.2, b = 0.75) to the last bit as
/// <see cref="PassageIndex"/> has it, which is Lucene's: single precision, and lengths rounded to what one byte can say.
/// </summary>
internal static class Bm25
{
    /// <summary>k₁: how soon it stops to matter that a word stands there once more.</summary>
    public const float Saturation = 1.2f;

    /// <summary>b: how much a long passage is held against it.</summary>
    public const float Length = 0.75f;

    /// <summary>How much a word tells: the more, the fewer passages have it.</summary>
    /// <param name="passages">All passages, at least one.</param>
    /// <param name="having">Those that have the word.</param>
    public static float Weight(long passages, long having) => (float)Math.Log(1 + ((passages - having + 0.5) / (having + 0.5))) * (Saturation + 1);

    /// <summary>What the length of a passage means for its words.</summary>
    /// <param name="words">How many it has.</param>
    /// <param name="mean">How many a passage has in the mean.</param>
    public static float Norm(int words, float mean)
    {
        var root = SmallSingle.Byte315ToSingle(SmallSingle.SingleToByte315(1 / (float)Math.Sqrt(words)));
        return Saturation * ((1 - Length) + (Length * (1 / (root * root)) / mean));
    }

    /// <summary>What a word adds to the score of a passage; always less than its weight.</summary>
    /// <param name="weight">The word's weight.</param>
    /// <param name="times">How often it stands there, at least once.</param>
    /// <param name="norm">The norm of the passage.</param>
    public static float Score(float weight, int times, float norm) => weight * times / (times + norm);
}
