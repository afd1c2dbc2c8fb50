using System.Buffers;
using System.Text.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Privacy;

/// <summary>What of a field may be stored at a privacy level. Every value on its way to the file passes through here.</summary>
internal sealed class ContentFilter(RunContent level, Func<string, string> redact)
{
    private const int WordLength = 128;

    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/@+");

    /// <summary>Whether texts are stored at all, be it redacted.</summary>
    public bool KeepsContent => level != RunContent.None;

    public object? Apply(FieldClass fieldClass, object? value, RunKind kind) => value is string or JsonElement && level != RunContent.Full
        ? fieldClass switch
        {
            FieldClass.Identifier or FieldClass.Number => value,
            FieldClass.Model => kind == RunKind.Aggregate ? Redact(value, keepNumbers: true) : value,
            FieldClass.Label => IsId(value) ? value : Redact(value),
            FieldClass.Word when IsWord(value) => Redact(value),
            FieldClass.Report => level == RunContent.None ? null : StepRedaction.Redact((JsonElement)value, redact),
            FieldClass.Lineage => LineageRedaction.Redact((JsonElement)value, (part, text) => (string?)Apply(part, text, kind)),
            FieldClass.Word or FieldClass.Content => level == RunContent.None ? null : Redact(value),
            _ => throw new ArgumentOutOfRangeException(nameof(fieldClass), fieldClass, "Not a class of fields."),
        }
        : value;

    /// <summary>The same filter for one run, which looks through each text once, however many columns it stands in.</summary>
    public ContentFilter Remembering()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        return new ContentFilter(level, text => known.TryGetValue(text, out var redacted) ? redacted : known[text] = redact(text));
    }

    private object Redact(object value, bool keepNumbers = false) =>
        value is JsonElement json ? JsonRedaction.Redact(json, redact, keepNumbers) : redact((string)value);

    /// <summary>A UUID is nobody's telephone number, whatever its digits look like.</summary>
    private static bool IsId(object value) => value is string text && Guid.TryParse(text, out _);

    private static bool IsWord(object value) => value is string { Length: <= WordLength } text && !text.AsSpan().ContainsAnyExcept(WordCharacters);
}
