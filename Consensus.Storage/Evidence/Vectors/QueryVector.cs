namespace Consensus.Storage.Evidence.Vectors;

/// <summary>What a query is as a vector, and how similar a passage must be to be found by it.</summary>
public sealed class QueryVector
{
    /// <param name="space">Whose vector it is.</param>
    /// <param name="vector">The vector: 1 to 4,096 numbers, each finite.</param>
    /// <param name="minSimilarity">The least cosine of a passage that is found, -1 to 1.</param>
    /// <exception cref="ArgumentException">The vector is too long or too short.</exception>
    public QueryVector(EmbeddingSpace space, ReadOnlySpan<float> vector, double minSimilarity)
    {
        if (vector.Length is 0 or > PackedVector.MostDimensions)
        {
            throw new ArgumentException($"A vector has 1 to {PackedVector.MostDimensions} numbers.", nameof(vector));
        }

        (Space, Packed, MinSimilarity) = (space, new sbyte[vector.Length], minSimilarity);
        PackedVector.Pack(vector, Packed);
        Square = PackedVector.Dot(Packed, Packed);
    }

    /// <summary>Whose vector it is.</summary>
    public EmbeddingSpace Space { get; }

    /// <summary>The least cosine of a passage that is found.</summary>
    public double MinSimilarity { get; }

    internal sbyte[] Packed { get; }

    /// <summary>Its product with itself.</summary>
    internal int Square { get; }
}
