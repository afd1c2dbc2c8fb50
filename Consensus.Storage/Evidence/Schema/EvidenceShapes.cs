using System.Text.Json.Serialization;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;

namespace Consensus.Storage.Evidence.Schema;

/// <summary>Everything that the evidence store keeps.</summary>
internal static class EvidenceShapes
{
    public static readonly StoredShape<StoredCollection> Collection = new("collection", EvidenceJson.Default.StoredCollection);

    public static readonly StoredShape<StoredDocument> Document = new("document", EvidenceJson.Default.StoredDocument, DocumentUpcasts.From1);

    public static readonly StoredShape<StoredPassages> Passages = new("passages", EvidenceJson.Default.StoredPassages);

    public static readonly StoredShape<StoredVectors> Vectors = new("vectors", EvidenceJson.Default.StoredVectors);

    public static readonly StoredShape<EvidenceRecord> Record = new(
        "record", ConsensusJson.Default.EvidenceRecord, RecordUpcasts.From1, RecordUpcasts.From2, RecordUpcasts.From3);
}

/// <summary>A collection as it is stored.</summary>
internal sealed record StoredCollection(
    int SchemaVersion, Guid Id, string Name, string? Description, bool Shared, string? KeyId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Documents,
    int Passages, long Characters);

/// <summary>A document as it is stored, its text aside.</summary>
internal sealed record StoredDocument(
    int SchemaVersion, Guid Id, Guid Collection, string? Title, string? Source, string? Licence, string MediaType, string ContentHash, DateTimeOffset AddedAt,
    int Characters, int Passages);

/// <summary>A document's text and the passages in it: each a pair of its first character and the one after its last.</summary>
internal sealed record StoredPassages(int SchemaVersion, Guid Document, int Splitter, string Text, IReadOnlyList<IReadOnlyList<int>> Passages);

/// <summary>Vectors of some passages of a document, the numbers aside, which lie beside it: each a byte, signed, one vector behind the other.</summary>
/// <param name="SchemaVersion">The version of this shape.</param>
/// <param name="Document">The document.</param>
/// <param name="Model">The model that made them.</param>
/// <param name="Dimensions">How many numbers each has.</param>
/// <param name="First">The number of the first passage in its document, from 0.</param>
/// <param name="Starts">Where each passage begins.</param>
internal sealed record StoredVectors(int SchemaVersion, Guid Document, string Model, int Dimensions, int First, IReadOnlyList<int> Starts);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoredCollection))]
[JsonSerializable(typeof(StoredDocument))]
[JsonSerializable(typeof(StoredPassages))]
[JsonSerializable(typeof(StoredVectors))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
