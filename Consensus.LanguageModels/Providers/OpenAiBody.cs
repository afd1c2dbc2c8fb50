using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consensus.LanguageModels.Providers;

/// <summary>
/// Compatible servers end an answer with words of their own (<c>eos</c>, <c>abort</c>, nothing at all), on which OpenAI's library throws the whole answer away.
/// The word is put aside and a known one put in its place; it comes back in the response.
/// </summary>
internal static class OpenAiBody
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal, "stop", "length", "content_filter", "tool_calls", "function_call");

    /// <returns>The body to hand on, and the server's own word when it was replaced.</returns>
    public static (byte[] Body, bool Replaced, string? Word) Tidy(JsonElement root, byte[] body)
    {
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
            return (body, false, null);
        if (choices[0].ValueKind != JsonValueKind.Object || !choices[0].TryGetProperty("finish_reason", out var finish))
            return (body, false, null);
        var word = finish.ValueKind == JsonValueKind.String ? finish.GetString() : null;
        if (word is not null && Known.Contains(word))
            return (body, false, null);

        var node = JsonNode.Parse(body)!;
        node["choices"]![0]!["finish_reason"] = "stop";
        return (JsonSerializer.SerializeToUtf8Bytes(node), true, word is { Length: > 0 } ? word : null);
    }
}
