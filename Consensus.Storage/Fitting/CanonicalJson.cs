using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;

namespace Consensus.Storage.Fitting;

/// <summary>
/// The one spelling of a fitted document: members in ordinal order of their names, numbers in the shortest form that reads back the same, UTF-8 without
/// needless escapes.
/// </summary>
internal static class CanonicalJson
{
    private const int VersionDigits = 16;
    private const string VersionMember = "version";

    /// <summary>The document's version: a hash of all but the member that holds it. White space in a file has no part in it.</summary>
    public static string VersionOf(FittedDocument document)
    {
        var node = Sorted(document);
        node.Remove(VersionMember);
        return Convert.ToHexStringLower(SHA256.HashData(Bytes(node, indented: false)))[..VersionDigits];
    }

    /// <summary>The document as a file: one member a line, ended by a line feed.</summary>
    public static string FileOf(FittedDocument document) => System.Text.Encoding.UTF8.GetString(Bytes(Sorted(document), indented: true)) + "\n";

    /// <summary>The SHA-256 of a benchmark's result in this spelling, in hexadecimal digits.</summary>
    public static string HashOf(BenchmarkResult result) => Convert.ToHexStringLower(
        SHA256.HashData(Bytes((JsonObject)Sorted(JsonSerializer.SerializeToNode(result, ConsensusJson.Default.BenchmarkResult))!, indented: false)));

    private static JsonObject Sorted(FittedDocument document) =>
        (JsonObject)Sorted(JsonSerializer.SerializeToNode(document, ConsensusJson.Default.FittedDocument))!;

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static byte[] Bytes(JsonObject node, bool indented)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            node.WriteTo(writer);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
