using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Questions;

namespace Consensus.ModelSimulator.Judging;

/// <summary>
/// A prompt that has a model judge what others wrote: texts between markers with a ticket, each of their lines behind a bar, and at the end a JSON schema that has a member
/// <c>ticket</c>. It is known by this structure, whatever its words are.
/// </summary>
internal sealed partial class FencedPrompt
{
    private const string Bar = "| ";

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
        if (!message.Contains("<<<BEGIN ", StringComparison.Ordinal))
        {
            return null;
        }

        var (texts, outside) = (new List<FencedText>(), new StringBuilder());
        string? ticket = null, name = null;
        JsonElement? schema = null;
        var inside = new StringBuilder();
        foreach (var line in message.Split('\n'))
        {
            if (name is not null)
            {
                if (line == $"<<<END {name} {ticket}>>>")
                {
                    texts.Add(new FencedText(name, inside.ToString()));
                    name = null;
                }
                else if (line.StartsWith(Bar, StringComparison.Ordinal))
                {
                    inside.Append(inside.Length > 0 ? "\n" : "").Append(line.AsSpan(Bar.Length));
                }
                else
                {
                    return null;
                }
            }
            else if (Begin().Match(line) is { Success: true } begin && (ticket ??= begin.Groups["ticket"].Value) == begin.Groups["ticket"].Value)
            {
                (name, inside) = (begin.Groups["name"].Value, new StringBuilder());
            }
            else
            {
                outside.Append(line).Append('\n');
                schema ??= Schema(line);
            }
        }

        return name is null && ticket is not null && schema is { } shape && texts.Exists(text => text.Name == "question") ? new(ticket, texts, shape, outside.ToString()) : null;
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

    [GeneratedRegex(@"^<<<BEGIN (?<name>[^<>]+?) (?<ticket>[0-9a-f]{16})(?: \([^()]*\))?>>>$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Begin();
}

/// <summary>A text between markers.</summary>
/// <param name="Name">What the prompt calls it.</param>
/// <param name="Text">The text, without its bars.</param>
internal sealed record FencedText(string Name, string Text);
