namespace Consensus.Contracts;

/// <summary>Those of embeddings.</summary>
public static partial class Limits
{
    /// <summary>The most characters of a query that become a vector; the rest has no part in it.</summary>
    public const int EmbeddedCharacters = 2_000;

    /// <summary>The most numbers of a vector.</summary>
    public const int EmbeddingDimensions = 4_096;
}
