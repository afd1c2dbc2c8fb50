using System.Numerics;

namespace Consensus.Storage.Evidence.Vectors;

/// <summary>
/// A vector as it is stored: each number a whole one from -127 to 127, the largest of the vector being one of the two. A cosine needs no more than
/// directions, so nothing is kept of the length; and what is reckoned in whole numbers is the same on every machine.
/// </summary>
internal static class PackedVector
{
    /// <summary>The most numbers of a vector.</summary>
    public const int MostDimensions = Contracts.Limits.EmbeddingDimensions;

    private const int Largest = sbyte.MaxValue;

    /// <summary>Packs a vector; nothing but zeros stays so, and is similar to nothing.</summary>
    public static void Pack(ReadOnlySpan<float> vector, Span<sbyte> packed)
    {
        var largest = 0.0;
        foreach (var number in vector)
        {
            largest = Math.Max(largest, Math.Abs((double)number));
        }

        for (var i = 0; i < vector.Length; i++)
        {
            packed[i] = largest == 0 ? (sbyte)0 : (sbyte)Math.Round(vector[i] / largest * Largest, MidpointRounding.AwayFromZero);
        }
    }

    /// <summary>The product of two vectors of one length; exact.</summary>
    public static int Dot(ReadOnlySpan<sbyte> one, ReadOnlySpan<sbyte> other)
    {
        var (sum, i) = (Vector<int>.Zero, 0);
        for (; i <= one.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(one[i..]), out var oneLow, out var oneHigh);
            Vector.Widen(new Vector<sbyte>(other[i..]), out var otherLow, out var otherHigh);

            // Two products of 127 by 127 are within 16 bits.
            Vector.Widen((oneLow * otherLow) + (oneHigh * otherHigh), out var low, out var high);
            sum += low + high;
        }

        var product = Vector.Sum(sum);
        for (; i < one.Length; i++)
        {
            product += one[i] * other[i];
        }

        return product;
    }

    /// <summary>The cosine of the angle between two vectors, from their product and those with themselves; 0 where one is nothing but zeros.</summary>
    public static double Cosine(int product, int one, int other) => one == 0 || other == 0 ? 0 : product / Math.Sqrt((double)one * other);
}
