using System.Text.Json;
using System.Text.Json.Serialization;

namespace Consensus.ModelSimulator.Embeddings;

/// <summary>The body of <c>POST /v1/embeddings</c>.</summary>
internal sealed record EmbeddingRequest
{
    public string? Model { get; init; }

    /// <summary>A string or an array of strings.</summary>
    public JsonElement Input { get; init; }

    public int? Dimensions { get; init; }

    /// <summary><c>float</c> or <c>base64</c> (little-endian 32-bit floats).</summary>
    public string? EncodingFormat { get; init; }
}

/// <summary>The answer of <c>POST /v1/embeddings</c>.</summary>
internal sealed record EmbeddingResponse(string Model, IReadOnlyList<EmbeddingItem> Data, EmbeddingUsage Usage)
{
    public string Object { get; } = "list";

    public string SystemFingerprint { get; } = Simulation.Fingerprint;
}

/// <summary>One vector and which input it is of.</summary>
internal sealed record EmbeddingItem(int Index, EmbeddingVector Embedding)
{
    public string Object { get; } = "embedding";
}

[JsonConverter(typeof(EmbeddingConverter))]
internal sealed record EmbeddingVector(float[] Numbers, bool AsBase64);

internal sealed record EmbeddingUsage(int PromptTokens)
{
    public int TotalTokens => PromptTokens;
}
