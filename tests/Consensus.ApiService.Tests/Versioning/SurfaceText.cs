using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>A surface as text that can be reviewed: what fits stands in one line, so that a change of one thing is a change of one line.</summary>
internal static class SurfaceText
{
    private const int MostInALine = 120;
    private const int MostOfAList = 180;
    private const int FingerprintBytes = 6;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode surface)
    {
        var text = new StringBuilder();
        Write(text, surface, "", isTop: true);
        return text.Append('\n').ToString();
    }

    /// <summary>What tells one surface from another, short enough to be copied by hand.</summary>
    public static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, FingerprintBytes));

    private static void Write(StringBuilder text, JsonNode? node, string indent, bool isTop)
    {
        var line = node?.ToJsonString(Plain) ?? "null";
        var most = node is JsonArray words && words.All(word => word is null or JsonValue) ? MostOfAList : MostInALine;
        if (!isTop && (indent.Length + line.Length <= most || node is JsonValue))
        {
            text.Append(line);
            return;
        }

        var deeper = indent + "  ";
        var (open, close) = node is JsonArray ? ('[', ']') : ('{', '}');
        text.Append(open);
        var separator = "\n";
        foreach (var (name, value) in node is JsonArray items ? items.Select(i => ((string?)null, i)) : node!.AsObject().Select(m => ((string?)m.Key, m.Value)))
        {
            text.Append(separator).Append(deeper);
            if (name is not null)
            {
                text.Append(JsonSerializer.Serialize(name, Plain)).Append(": ");
            }

            Write(text, value, deeper, isTop: false);
            separator = ",\n";
        }

        text.Append('\n').Append(indent).Append(close);
    }
}
