using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.ModelSimulator.Chat;
using Consensus.ModelSimulator.Embeddings;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Models;

namespace Consensus.ModelSimulator.Json;

/// <summary>Source-generated JSON of the OpenAI-compatible routes: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(ModelListBody))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingResponse))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class SimulatorJson : JsonSerializerContext
{
    /// <summary>As the default, but with every script written as it is, as OpenAI's own answers are.</summary>
    public static SimulatorJson Wire { get; } = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
