using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Consensus.Storage.Postgres;

namespace Consensus.Storage.Evidence.Postgres;

/// <summary>JSON as <c>jsonb</c> can hold it, which takes no NUL character: texts are written as <see cref="PostgresText"/> has them.</summary>
internal static class ServerJson
{
    /// <summary>As it is sent.</summary>
    public static string Encode(JsonElement json) => Mapped(json, PostgresText.Encode);

    /// <summary>As it was before <see cref="Encode"/>.</summary>
    public static JsonDocument Decode(string stored)
    {
        var json = JsonDocument.Parse(stored);
        if (stored.AsSpan().IndexOfAny('\uFDD0', '\uFDD1') < 0)
        {
            return json;
        }

        using (json)
        {
            return JsonDocument.Parse(Mapped(json.RootElement, PostgresText.Decode));
        }
    }

    private static string Mapped(JsonElement json, Func<string, string> map)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 }))
        {
            Write(json, writer, map);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(JsonElement json, Utf8JsonWriter writer, Func<string, string> map)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject())
                {
                    writer.WritePropertyName(map(member.Name));
                    Write(member.Value, writer, map);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(item, writer, map);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(map(json.GetString()!));
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
