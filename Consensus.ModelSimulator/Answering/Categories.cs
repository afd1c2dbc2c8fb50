using Consensus.ModelSimulator.Knowledge;

namespace Consensus.ModelSimulator.Answering;

/// <summary>The categories that skills are set for: those of what is worked out, and those of the facts.</summary>
internal static class Categories
{
    public const string Arithmetic = "arithmetic";

    public const string WordProblem = "word_problem";

    public const string Comparison = "comparison";

    /// <summary>Answering from passages.</summary>
    public const string Reading = "reading";

    public static IReadOnlySet<string> All { get; } = new SortedSet<string>([Arithmetic, WordProblem, Comparison, Reading, .. FactBook.Default.Categories], StringComparer.Ordinal);
}
