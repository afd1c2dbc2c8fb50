using System.Text.Json;
using System.Text.RegularExpressions;

namespace Consensus.LanguageModels.Judging.Asking;

/// <summary>Reads a reply that has to be one JSON object and nothing else; one code fence around the whole is let pass.</summary>
internal static partial class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The object; <c>null</c> when the whole reply is none, or one of its members is there twice.</summary>
    public static JsonElement? Object(string reply)
    {
        var whole = CodeFence().Match(reply.Trim()) is { Success: true } fence ? fence.Groups["inside"].Value : reply;
        try
        {
            using var document = JsonDocument.Parse(whole.Trim(), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsText(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // An escape that is half of a character.
            return null;
        }
    }

    // Reading a text that has half of a character throws; here and not later.
    private static bool IsText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() is not null,
        JsonValueKind.Array => element.EnumerateArray().All(IsText),
        JsonValueKind.Object => element.EnumerateObject().All(member => member.Name.Length >= 0 && IsText(member.Value)),
        _ => true,
    };

    [GeneratedRegex(@"\A```(?:json|JSON)?[ \t]*\n(?<inside>.*)\n[ \t]*```\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CodeFence();
}
