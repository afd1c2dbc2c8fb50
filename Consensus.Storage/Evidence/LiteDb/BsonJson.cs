using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LiteDB;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>JSON as LiteDB keeps it: objects, lists, texts, numbers, truths and nothing; no type that JSON does not have.</summary>
internal static class BsonJson
{
    public static BsonDocument Document(JsonElement json)
    {
        var document = new BsonDocument();
        foreach (var member in json.EnumerateObject())
        {
            document[member.Name] = Value(member.Value);
        }

        return document;
    }

    /// <param name="document">What is stored.</param>
    /// <param name="except">Members of the row that are not of the JSON.</param>
    public static ReadOnlyMemory<byte> Json(BsonDocument document, params ReadOnlySpan<string> except)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(document, writer, except);
        }

        return bytes.WrittenMemory;
    }

    private static BsonValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Document(json),
        JsonValueKind.Array => new BsonArray(json.EnumerateArray().Select(Value)),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt32(out var whole) ? whole : json.TryGetInt64(out var large) ? large : json.GetDouble(),
        _ => BsonValue.Null,
    };

    private static void Write(BsonDocument document, Utf8JsonWriter writer, ReadOnlySpan<string> except)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in document)
        {
            if (!except.Contains(name))
            {
                writer.WritePropertyName(name);
                Write(value, writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(BsonValue value, Utf8JsonWriter writer)
    {
        switch (value.Type)
        {
            case BsonType.Document:
                Write(value.AsDocument, writer, []);
                break;
            case BsonType.Array:
                writer.WriteStartArray();
                foreach (var item in value.AsArray)
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case BsonType.String:
                writer.WriteStringValue(value.AsString);
                break;
            case BsonType.Boolean:
                writer.WriteBooleanValue(value.AsBoolean);
                break;
            case BsonType.Int32 or BsonType.Int64:
                writer.WriteNumberValue(value.AsInt64);
                break;
            case BsonType.Double when double.IsFinite(value.AsDouble):
                writer.WriteNumberValue(value.AsDouble);
                break;
            case BsonType.Null:
                writer.WriteNullValue();
                break;
            default:
                throw new EvidenceShapeException($"A stored value is of the type {value.Type}, which JSON does not have.");
        }
    }
}
