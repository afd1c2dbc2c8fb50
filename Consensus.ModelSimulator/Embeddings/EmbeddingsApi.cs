using System.Runtime.InteropServices;
using System.Text.Json;
using Consensus.ModelSimulator.Chat;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Stats;

namespace Consensus.ModelSimulator.Embeddings;

internal static class EmbeddingsApi
{
    private const int DefaultDimensions = 256;
    private const int FewestDimensions = 8;
    private const int MostDimensions = 4096;
    private const int MostInputs = 2048;

    public static void MapEmbeddings(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/embeddings", PostAsync);

    private static async Task PostAsync(HttpContext http, ModelRegistry models, RequestCounters counters)
    {
        if (await http.ReadBodyAsync(SimulatorJson.Default.EmbeddingRequest) is not { } request)
        {
            return;
        }

        if (Check(request, models, out var inputs) is { } error)
        {
            await http.WriteErrorAsync(error);
            return;
        }

        var counter = counters.Of(request.Model!);
        counter.Enter();
        try
        {
            var dimensions = request.Dimensions ?? DefaultDimensions;
            var base64 = request.EncodingFormat == "base64";
            var items = inputs.Select((text, index) => new EmbeddingItem(index, Encode(NGramEmbedding.Embed(text, dimensions), base64))).ToList();
            var usage = new EmbeddingUsage(inputs.Sum(text => TokenEstimate.OfText(text.Length)));
            await http.Response.WriteAsJsonAsync(new EmbeddingResponse(request.Model!, items, usage), SimulatorJson.Default.EmbeddingResponse, contentType: "application/json", http.RequestAborted);
        }
        finally
        {
            counter.Leave();
        }
    }

    private static ApiError? Check(EmbeddingRequest request, ModelRegistry models, out IReadOnlyList<string> inputs)
    {
        inputs = [];
        if (string.IsNullOrEmpty(request.Model))
        {
            return ApiError.Invalid("'model' is missing.", "model", "missing_required_parameter");
        }

        if (models.Find(request.Model) is not { Kind: ModelKind.Embedding })
        {
            return models.Find(request.Model) is null
                ? ApiError.UnknownModel(request.Model)
                : ApiError.Invalid($"The model '{request.Model}' does not embed; '{ModelRegistry.EmbeddingModel}' does.", "model", "unsupported_model");
        }

        if (request.Dimensions is < FewestDimensions or > MostDimensions)
        {
            return ApiError.Invalid($"'dimensions' must be from {FewestDimensions} to {MostDimensions}.", "dimensions");
        }

        if (request.EncodingFormat is not (null or "float" or "base64"))
        {
            return ApiError.Invalid("'encoding_format' must be 'float' or 'base64'.", "encoding_format");
        }

        inputs = JsonText.AllOf(request.Input) ?? [];
        return inputs.Count is 0 or > MostInputs || inputs.Any(string.IsNullOrEmpty)
            ? ApiError.Invalid($"'input' must be a string or 1 to {MostInputs} strings, none of them empty.", "input")
            : null;
    }

    private static JsonElement Encode(float[] vector, bool base64) => base64
        ? JsonSerializer.SerializeToElement(Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)), SimulatorJson.Default.String)
        : JsonSerializer.SerializeToElement(vector, SimulatorJson.Default.SingleArray);
}
