using System.Text.Json;
using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Chat;

/// <summary>That the answer is to be a JSON object, and what is known of its members.</summary>
/// <param name="Schema">The schema of <c>response_format</c>, where it has one.</param>
/// <param name="Keys">The members that the prompt shows, as in <c>{"reasoning": …, "answer": …}</c>.</param>
internal sealed partial record JsonAsked(JsonElement? Schema, IReadOnlyList<string> Keys)
{
    private const int MostKeys = 32;
    private const int LongestPrompt = 20_000;

    /// <summary>Reads it off the request's format, the instructions and the question; <c>null</c> when text will do.</summary>
    public static JsonAsked? By(Conversation conversation)
    {
        var schema = conversation.Format is { Type: "json_schema", JsonSchema: { } format } ? format.Schema : (JsonElement?)null;
        var (question, instructions) = (Bounded(conversation.Question), Bounded(conversation.Instructions));
        return schema is not null || conversation.Format?.Type == "json_object" || Wanted().IsMatch(question) || Wanted().IsMatch(instructions)
            ? new(schema, [.. Key().Matches(instructions + "\n" + question).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Take(MostKeys)])
            : null;
    }

    private static string Bounded(string text) => text.Length > LongestPrompt ? text[..LongestPrompt] : text;

    [GeneratedRegex(@"\b(?:in|as|with|return|output|give|produce|valid|only|a|an|using|following|respond|strict)\s+(?:an?\s+|the\s+|valid\s+|strict\s+|following\s+)*json\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Wanted();

    [GeneratedRegex(@"""([A-Za-z_][A-Za-z0-9_]{0,60})""\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
