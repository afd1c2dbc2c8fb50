using System.Text.Json;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Questions;

namespace Consensus.ModelSimulator.Judging;

/// <summary>
/// A prompt that has a model judge what others wrote: texts between markers with a ticket, each of their lines behind a bar, and at the end a JSON schema that has a member
/// <c>ticket</c>. It is known by this structure, whatever its words are.
/// </summary>
internal sealed class FencedPrompt
{
    private FencedPrompt(string ticket, IReadOnlyList<FencedText> texts, JsonElement schema, string outside) =>
        (Ticket, Texts, Members, AskedAgain) = (ticket, texts, JsonText.Member(schema, "properties")!.Value, outside.Contains("You have been asked this before", StringComparison.Ordinal));

    /// <summary>The word that the reply has to repeat.</summary>
    public string Ticket { get; }

    /// <summary>The texts, in their order.</summary>
    public IReadOnlyList<FencedText> Texts { get; }

    /// <summary>The schemas of the reply's members.</summary>
    public JsonElement Members { get; }

    /// <summary>Whether the prompt says that an earlier reply could not be used.</summary>
    public bool AskedAgain { get; }

    /// <summary>The question that the texts answer, as <see cref="PlainText"/>.</summary>
    public string Question => PlainText.Of(Named("question").LastOrDefault()?.Text ?? "");

    /// <summary>The texts whose names begin so.</summary>
    public IEnumerable<FencedText> Named(string prefix) => Texts.Where(text => text.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Reads a message; <c>null</c> when it has not that structure.</summary>
    public static FencedPrompt? Read(string message)
    {
        JsonElement? schema = null;
        if (FencedTexts.Read(message) is not { } fences)
        {
            return null;
        }

        foreach (var line in fences.Outside.Split('\n'))
        {
            schema ??= Schema(line);
        }

        return schema is { } shape && fences.Texts.Any(static text => text.Name == "question") ? new(fences.Ticket, fences.Texts, shape, fences.Outside) : null;
    }

    private static JsonElement? Schema(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return JsonText.Member(document.RootElement, "properties") is { } members && JsonText.Member(members, "ticket") is not null ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
