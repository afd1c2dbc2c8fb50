using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Consensus.Storage.Runs.Fields;

/// <summary>Enums are stored by the same words that stand on the wire.</summary>
internal static class StoredEnum
{
    public static string Write<T>(T value)
        where T : struct, Enum => Words<T>.ByValue[value];

    public static string? Write<T>(T? value)
        where T : struct, Enum => value is { } given ? Write(given) : null;

    public static T Parse<T>(string word)
        where T : struct, Enum => Words<T>.ByWord[word];

    [return: NotNullIfNotNull(nameof(word))]
    public static T? ParseOrNull<T>(string? word)
        where T : struct, Enum => word is null ? null : Parse<T>(word);

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, T> ByWord = ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
