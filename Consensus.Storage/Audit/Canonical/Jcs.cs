using System.Text;
using System.Text.Json;

namespace Consensus.Storage.Audit.Canonical;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): no white space, members in the order of their names' UTF-16 units, strings with the fewest escapes, numbers as
/// ECMAScript writes them. Other than <c>CanonicalJson</c>, which is ours, any program can make the same bytes.
/// </summary>
internal static class Jcs
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The canonical text of a value.</summary>
    /// <exception cref="ArgumentException">The value is not I-JSON: a name stands twice in an object, or a number is not finite.</exception>
    public static string TextOf(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>The bytes of a canonical text.</summary>
    /// <exception cref="ArgumentException">It has half a surrogate pair, which no UTF-8 stands for.</exception>
    public static byte[] Bytes(string canonical) => Strict.GetBytes(canonical);

    /// <summary>A string with its quotes.</summary>
    public static void Write(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            _ = unit switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u00").Append(Convert.ToHexStringLower([(byte)unit])),
                _ => text.Append(unit),
            };
        }

        text.Append('"');
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (i, item) in value.EnumerateArray().Index())
                {
                    if (i > 0)
                        text.Append(',');
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Write(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(EcmaScriptNumber.Write(value.GetDouble()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value)
    {
        var members = value.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal).ToList();
        text.Append('{');
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name)
                    throw new ArgumentException($"The name {members[i].Name} stands twice in an object.", nameof(value));
                text.Append(',');
            }

            Write(text, members[i].Name);
            text.Append(':');
            Write(text, members[i].Value);
        }

        text.Append('}');
    }
}
