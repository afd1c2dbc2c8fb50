using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Consensus.Core.Answers.Numbers;

namespace Consensus.Core.Answers.Literals;

/// <summary>The written forms of a literal: the normal form that decides equality, and JSON.</summary>
internal static class LiteralForm
{
    private static readonly JsonWriterOptions JsonStyle =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2 * LiteralParser.MaxDepth };

    /// <summary>
    /// One form by value, in Python's style: single quotes, sets and maps in order of their members' normal forms, numbers by value.
    /// Lists and tuples stay apart, as do the number 3 and the text '3'.
    /// </summary>
    public static string Normal(Literal literal)
    {
        var result = new StringBuilder();
        Write(literal, result);
        return result.ToString();
    }

    /// <summary>The literal as JSON, members in the order written; equal literals may differ in that order.</summary>
    public static JsonElement Json(Literal literal) => Json(literal, sorted: false, out _);

    /// <summary>The literal as JSON text with members in ordinal order: equal by structure, equal text.</summary>
    public static string CanonicalJson(Literal literal)
    {
        Json(literal, sorted: true, out var text);
        return text;
    }

    private static JsonElement Json(Literal literal, bool sorted, out string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonStyle))
        {
            WriteJson(literal, writer, sorted);
        }
        text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        using var document = JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 2 * LiteralParser.MaxDepth });
        return document.RootElement.Clone();
    }

    private static void WriteJson(Literal literal, Utf8JsonWriter writer, bool sorted)
    {
        switch (literal)
        {
            case TruthLiteral truth:
                writer.WriteBooleanValue(truth.Value);
                break;
            case NumberLiteral { Value.IsFinite: true } number:
                writer.WriteRawValue(number.Value.Key, skipInputValidation: true);
                break;
            case NumberLiteral number:
                writer.WriteStringValue(number.Value.Key);
                break;
            case TextLiteral text:
                writer.WriteStringValue(WellFormed(text.Value));
                break;
            case SequenceLiteral sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                    WriteJson(item, writer, sorted);
                writer.WriteEndArray();
                break;
            case MapLiteral map:
                writer.WriteStartObject();
                foreach (var (name, value) in JsonMembers(map, sorted))
                {
                    writer.WritePropertyName(name);
                    WriteJson(value, writer, sorted);
                }
                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static IEnumerable<KeyValuePair<string, Literal>> JsonMembers(MapLiteral map, bool sorted)
    {
        var members = map.Members.Select(static m => new KeyValuePair<string, Literal>(WellFormed(m.Key is TextLiteral text ? text.Value : Normal(m.Key)), m.Value));
        return sorted ? members.OrderBy(static m => m.Key, StringComparer.Ordinal).ThenBy(static m => Normal(m.Value), StringComparer.Ordinal) : members;
    }

    /// <summary>The text with U+FFFD for halves of characters: the writer would escape those, and leave the same as it is where it is read again.</summary>
    private static string WellFormed(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void Write(Literal literal, StringBuilder result)
    {
        switch (literal)
        {
            case TruthLiteral truth:
                result.Append(truth.Value ? "True" : "False");
                break;
            case NumberLiteral number:
                result.Append(number.Value.Key);
                break;
            case TextLiteral text:
                Quote(text.Value, result);
                break;
            case SequenceLiteral sequence:
                WriteSequence(sequence, result);
                break;
            case MapLiteral map:
                var members = map.Members.Select(static m => Normal(m.Key) + ": " + Normal(m.Value));
                result.Append('{').AppendJoin(", ", members.Order(StringComparer.Ordinal)).Append('}');
                break;
            default:
                result.Append("None");
                break;
        }
    }

    private static void WriteSequence(SequenceLiteral sequence, StringBuilder result)
    {
        if (sequence is { Kind: SequenceKind.Set, Items: [] })
        {
            result.Append("set()");
            return;
        }
        var items = sequence.Items.Select(Normal);
        if (sequence.Kind == SequenceKind.Set)
            items = items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var (open, close) = sequence.Kind switch
        {
            SequenceKind.List => ('[', "]"),
            SequenceKind.Set => ('{', "}"),
            _ => ('(', sequence.Items.Count == 1 ? ",)" : ")"),
        };
        result.Append(open).AppendJoin(", ", items).Append(close);
    }

    // The level of escapes that a model meant cannot be told from one text, so all levels are resolved before the text is quoted anew.
    private static void Quote(string text, StringBuilder result)
    {
        for (var round = 0; round < 3 && text.Contains('\\'); round++)
        {
            var resolved = QuotedText.Unescape(text);
            if (resolved == text)
                break;
            text = resolved;
        }
        result.Append('\'');
        foreach (var c in text)
        {
            _ = c switch
            {
                '\'' or '\\' => result.Append('\\').Append(c),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ => result.Append(c),
            };
        }
        result.Append('\'');
    }
}
