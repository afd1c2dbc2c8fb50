using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Tests.Evidence.Vectors;

/// <summary>An embedding of few meanings: words of one meaning point the same way, a text of several meanings between them, and one of none points
/// away.</summary>
internal static class Meanings
{
    private static readonly string[][] Groups =
    [
        ["whale", "whales", "cetacean"], ["otter", "otters", "mustelid"], ["bridge", "viaduct"], ["opened", "inaugurated"], ["sleep", "slumber"], ["harbour", "port"],
    ];

    public static readonly EmbeddingSpace Space = new("toy/meanings");

    public static readonly EmbeddingSpace Other = new("toy/meanings", 32);

    /// <summary>How many numbers a vector of a space has.</summary>
    public static int Dimensions(EmbeddingSpace space) => space.Dimensions ?? 16;

    public static ReadOnlyMemory<float> Of(string text, EmbeddingSpace space)
    {
        var vector = new float[Dimensions(space)];
        foreach (var word in text.ToLowerInvariant().Split([' ', '.', ',', '?', ':', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var group = Array.FindIndex(Groups, words => words.Contains(word));
            vector[group < 0 ? vector.Length - 1 - (word[0] % 4) : group] += group < 0 ? 0.05f : 1;
        }

        return vector;
    }

    /// <summary>A query whose passages have something of its meaning.</summary>
    public static QueryVector Query(string text, EmbeddingSpace? space = null) => new(space ?? Space, Of(text, space ?? Space).Span, 0.5);
}
