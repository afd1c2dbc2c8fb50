using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.OpenAi;

/// <summary>
/// What OpenAI's API does and a panel does not. To leave it aside would give another thing than was asked for, so it is refused; a value that asks for nothing is fine.
/// </summary>
internal static class ChatRefusals
{
    private sealed record Refusal(string Member, Func<JsonElement, bool> AsksForNothing, string Message, string Allowed);

    private static readonly Refusal[] All =
    [
        new("n", v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var n) && n == 1, "A panel gives one answer.", "1"),
        new("tools", IsEmpty, "A panel calls no tools.", "an empty list"),
        new("functions", IsEmpty, "A panel calls no functions.", "an empty list"),
        new("tool_choice", v => Is(v, "none", "auto"), "A panel calls no tools.", "none or auto"),
        new("function_call", v => Is(v, "none", "auto"), "A panel calls no functions.", "none or auto"),
        new("logprobs", v => v.ValueKind == JsonValueKind.False, "The answer of a panel has no token probabilities; `consensus.confidence` says how sure it is.", "false"),
        new("top_logprobs", v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var n) && n == 0, "The answer of a panel has no token probabilities.", "0"),
        new("logit_bias", IsEmpty, "Tokens cannot be biased: the models of a panel have different ones.", "an empty object"),
        new("stop", IsEmpty, "Answers are compared whole: they cannot be cut at a sequence.", "an empty list"),
        new("modalities", v => v.ValueKind == JsonValueKind.Array && v.EnumerateArray().All(m => Is(m, "text")), "A panel answers in text.", "[\"text\"]"),
        new("audio", _ => false, "A panel answers in text.", "nothing"),
        new("web_search_options", _ => false, "A panel does not search the web.", "nothing"),
    ];

    /// <summary>The members that are looked at here.</summary>
    public static readonly string[] Members = [.. All.Select(r => r.Member)];

    public static void Check(ObjectReader chat)
    {
        foreach (var refusal in All)
        {
            if (chat.Any(refusal.Member) is { } value && !refusal.AsksForNothing(value))
            {
                chat.Violations.Add(refusal.Member, FieldCodes.NotSupported, refusal.Message, Allowed.Words(refusal.Allowed));
            }
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static bool Is(JsonElement value, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Texts.Is(value, word))
            {
                return true;
            }
        }

        return false;
    }
}
