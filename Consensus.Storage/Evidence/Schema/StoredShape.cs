using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Consensus.Core.Schemas;

namespace Consensus.Storage.Evidence.Schema;

/// <summary>
/// One kind of thing that the evidence store keeps: its JSON Schema, its current version, and how older ones become it. What is written and what is read
/// satisfies the
/// schema; a version that is not known here is refused and left as it is.
/// </summary>
/// <param name="name">Its name in words; the schema is <c>evidence-NAME.schema.json</c>.</param>
/// <param name="type">How it is written.</param>
/// <param name="upcasters">How version 1 becomes 2, version 2 becomes 3, ….</param>
internal sealed class StoredShape<T>(string name, JsonTypeInfo<T> type, params Action<JsonObject>[] upcasters)
    where T : class
{
    private const string VersionMember = "schemaVersion";

    private readonly SchemaDocument _schema = EvidenceSchemas.Read(name);

    /// <summary>The version that is written.</summary>
    public int Version => upcasters.Length + 1;

    /// <summary>Its JSON.</summary>
    /// <param name="id">Its id, to be named by.</param>
    /// <param name="value">What it says, with the current version.</param>
    /// <exception cref="EvidenceShapeException">It is not as the schema says.</exception>
    public JsonElement Write(Guid id, T value)
    {
        var json = JsonSerializer.SerializeToElement(value, type);
        Check(json, id.ToString("D"));
        return json;
    }

    /// <summary>What stored JSON says, in the current shape.</summary>
    /// <param name="id">Its id, to be named by.</param>
    /// <param name="stored">The JSON.</param>
    /// <exception cref="EvidenceVersionException">It has a version that is not known here.</exception>
    /// <exception cref="EvidenceShapeException">It is not as the schema says.</exception>
    public T Read(string id, JsonElement stored)
    {
        var version = VersionOf(stored, id);
        if (version == Version)
        {
            return Checked(stored, id);
        }

        var json = JsonObject.Create(stored.Clone())!;
        for (var from = version; from < Version; from++)
        {
            Upcast(json, from, id);
        }

        using var current = JsonDocument.Parse(json.ToJsonString());
        return Checked(current.RootElement, id);
    }

    private T Checked(JsonElement json, string id)
    {
        Check(json, id);
        return json.Deserialize(type)!;
    }

    private int VersionOf(JsonElement json, string id)
    {
        if (json.TryGetProperty(VersionMember, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var version)
            && version >= 1 && version <= Version)
        {
            return version;
        }

        var shown = member.ValueKind == JsonValueKind.Number ? member.GetRawText() : "none";
        throw new EvidenceVersionException($"The stored {name} {id} has the schema version {shown}; this software knows 1 to {Version}. It is left as it is.");
    }

    private void Upcast(JsonObject json, int from, string id)
    {
        try
        {
            upcasters[from - 1](json);
        }
        catch (Exception fault) when (fault is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw new EvidenceShapeException($"The stored {name} {id} is not as version {from} of its schema says.");
        }

        json[VersionMember] = from + 1;
    }

    private void Check(JsonElement json, string id)
    {
        if (SchemaFaults.Find(_schema, json) is { } place)
        {
            throw new EvidenceShapeException($"The {name} {id} is not as its schema says, at {place}.");
        }
    }
}
