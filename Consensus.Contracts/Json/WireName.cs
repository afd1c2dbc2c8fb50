using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Consensus.Contracts.Json;

/// <summary>The words that stand for an enum's members wherever they are written: on the wire, in the run log, in metrics. <c>NoConsensus</c> ↔ <c>no_consensus</c>, compared exactly.</summary>
public static class WireName
{
    internal static JsonNamingPolicy Policy => JsonNamingPolicy.SnakeCaseLower;

    /// <summary>The word of a member.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.ByValue[value];

    /// <summary>The word of a member, or null.</summary>
    public static string? Of<T>(T? value)
        where T : struct, Enum => value is { } given ? Of(given) : null;

    /// <summary>The words of all members, in their order.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => Words<T>.All;

    /// <summary>The member of a word that somebody else wrote; null when there is none.</summary>
    public static T? Find<T>(string word)
        where T : struct, Enum => Words<T>.ByWord.TryGetValue(word, out var value) ? value : null;

    /// <summary>The member of a word that <see cref="Of{T}(T)"/> wrote.</summary>
    /// <exception cref="FormatException">It is the word of no member.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum => Find<T>(word) ?? throw new FormatException($"'{word}' is no word of {typeof(T).Name}.");

    /// <summary>As <see cref="Parse{T}"/>; null for null.</summary>
    /// <exception cref="FormatException">It is the word of no member.</exception>
    [return: NotNullIfNotNull(nameof(word))]
    public static T? ParseOrNull<T>(string? word)
        where T : struct, Enum => word is null ? null : Parse<T>(word);

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<T>().Select(Word)];

        public static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>().ToFrozenDictionary(value => value, Word);

        public static readonly FrozenDictionary<string, T> ByWord = ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

        private static string Word(T value) => Policy.ConvertName(value.ToString());
    }
}
