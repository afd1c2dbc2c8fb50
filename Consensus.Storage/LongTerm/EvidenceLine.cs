using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Consensus.Core.Schemas;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.LongTerm;

/// <summary>
/// Evidence as lines of JSON (<c>docs/schemas/evidence-line.schema.json</c>): a collection, a document with its text, or a record. One of them is there.
/// </summary>
internal sealed record EvidenceLine
{
    /// <summary>The version of the line that is written.</summary>
    public const int Version = 1;

    private static readonly SchemaDocument Schema = EvidenceSchemas.Read("line");
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public StoredCollection? Collection { get; init; }

    public (StoredDocument Document, StoredPassages Text)? Document { get; init; }

    public StoredRecord? Record { get; init; }

    /// <summary>The line, without its end. The same is always the same line.</summary>
    /// <exception cref="EvidenceShapeException">What it holds is not as its schema says.</exception>
    public byte[] Write()
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", Version);
            if (Collection is { } collection)
            {
                json.WriteString("kind", "collection");
                Write(json, "collection", EvidenceShapes.Collection.Write(collection.Id, collection));
            }
            else if (Document is { } whole)
            {
                json.WriteString("kind", "document");
                Write(json, "document", EvidenceShapes.Document.Write(whole.Document.Id, whole.Document));
                Write(json, "passages", EvidenceShapes.Passages.Write(whole.Document.Id, whole.Text));
            }
            else
            {
                json.WriteString("kind", "record");
                json.WriteString("keyId", Record!.KeyId);
                Write(json, "record", EvidenceShapes.Record.Write(Record.Record.EvidenceId, Record.Record));
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line; what it holds becomes of the current version.</summary>
    /// <exception cref="InvalidDataException">It is no such line, of a version that is not known here, or not as its schemas say.</exception>
    public static EvidenceLine Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            RequireKnown(json.RootElement);
            return Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or EvidenceVersionException or EvidenceShapeException)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    private static void RequireKnown(JsonElement line)
    {
        if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty("schemaVersion", out var member)
            && !(member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var version) && version == Version))
        {
            throw new EvidenceVersionException($"The line has the schema version {member.GetRawText()}; this software knows {Version}.");
        }

        if (SchemaFaults.Find(Schema, line) is { } place)
        {
            throw new EvidenceShapeException($"The line is not as its schema says, at {place}.");
        }
    }

    private static EvidenceLine Read(JsonElement line)
    {
        switch (line.GetProperty("kind").GetString())
        {
            case "collection":
                return new EvidenceLine { Collection = EvidenceShapes.Collection.Read("of the line", line.GetProperty("collection")) };
            case "document":
                var document = EvidenceShapes.Document.Read("of the line", line.GetProperty("document"));
                var text = EvidenceShapes.Passages.Read("of the line", line.GetProperty("passages"));
                RequireWhole(document, text);
                return new EvidenceLine { Document = (document, text) };
            default:
                var record = EvidenceShapes.Record.Read("of the line", line.GetProperty("record"));
                var place = new RecordPlace(record.CreatedAt.UtcTicks, record.EvidenceId);
                return new EvidenceLine { Record = new StoredRecord(place, line.GetProperty("keyId").GetString(), record) };
        }
    }

    /// <summary>What no schema can say, and a search relies on.</summary>
    private static void RequireWhole(StoredDocument document, StoredPassages text)
    {
        if (text.Document != document.Id || text.Text.Length != document.Characters || text.Passages.Count != document.Passages
            || Passage.HashOf(text.Text) != document.ContentHash
            || text.Passages.Any(span => span[0] >= span[1] || span[1] > text.Text.Length))
        {
            throw new EvidenceShapeException($"The text of the document {document.Id:D} is not the one that the document says.");
        }
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }
}
