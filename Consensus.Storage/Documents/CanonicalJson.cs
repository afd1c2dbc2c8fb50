using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Consensus.Storage.Documents;

/// <summary>
/// The one spelling of a document: members in ordinal order of their names, numbers in the shortest form that reads back the same, UTF-8 without needless
/// escapes. White space and members left at their defaults in a file have no part in it.
/// </summary>
internal static class CanonicalJson
{
    private const int VersionDigits = 16;

    /// <summary>A document's version: the first digits of a hash of all but the member that holds it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="except">The member that holds the version, where there is one.</param>
    public static string VersionOf<T>(T document, JsonTypeInfo<T> type, string? except = null)
    {
        var node = Sorted(document, type);
        if (except is not null)
        {
            node.Remove(except);
        }

        return Hash(node)[..VersionDigits];
    }

    /// <summary>The document as a file: one member a line, ended by a line feed.</summary>
    public static string FileOf<T>(T document, JsonTypeInfo<T> type) => System.Text.Encoding.UTF8.GetString(Bytes(Sorted(document, type), indented: true)) + "\n";

    /// <summary>The SHA-256 of a document in this spelling, in hexadecimal digits.</summary>
    public static string HashOf<T>(T document, JsonTypeInfo<T> type) => Hash(Sorted(document, type));

    private static string Hash(JsonObject node) => Convert.ToHexStringLower(SHA256.HashData(Bytes(node, indented: false)));

    private static JsonObject Sorted<T>(T document, JsonTypeInfo<T> type) => (JsonObject)Sorted(JsonSerializer.SerializeToNode(document, type))!;

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
