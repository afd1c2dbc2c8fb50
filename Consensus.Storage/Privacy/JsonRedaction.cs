using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Privacy;

/// <summary>Redacts texts inside JSON: strings, member names, and numbers whose digits are themselves a secret (a card number).</summary>
internal static class JsonRedaction
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same JSON, to the byte, when nothing was found. A redacted number becomes a string, unless numbers are measures and stay.</summary>
    public static JsonElement Redact(JsonElement json, Func<string, string> redact, bool keepNumbers = false)
    {
        var changed = false;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, json, Watched, keepNumbers);
        return changed ? StoredJson.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan)) : json;

        string Watched(string text)
        {
            var redacted = redact(text);
            changed |= !string.Equals(redacted, text, StringComparison.Ordinal);
            return redacted;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json, Func<string, string> redact, bool keepNumbers)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, json, redact, keepNumbers);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                    Write(writer, item, redact, keepNumbers);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(redact(Text(json)));
                break;
            case JsonValueKind.Number when !keepNumbers && json.GetRawText() is var digits && redact(digits) is var redacted && redacted != digits:
                writer.WriteStringValue(redacted);
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    /// <summary>Two names that redact to the same marker stay two members.</summary>
    private static void WriteObject(Utf8JsonWriter writer, JsonElement json, Func<string, string> redact, bool keepNumbers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (var member in json.EnumerateObject())
        {
            var original = Name(member);
            var redacted = redact(original);
            var name = redacted;
            for (var copy = 2; !names.Add(name) && redacted != original; copy++)
                name = $"{redacted} ({copy})";
            writer.WritePropertyName(name);
            Write(writer, member.Value, redact, keepNumbers);
        }

        writer.WriteEndObject();
    }

    /// <summary>The text; models write escapes that are half of a character, which the reader refuses.</summary>
    private static string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return JsonText.Unescape(json.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return JsonText.Unescape(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member)));
        }
    }
}
