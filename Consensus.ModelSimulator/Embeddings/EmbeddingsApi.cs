using System.Text.Json;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Chat;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Randomness;
using Consensus.ModelSimulator.Serving;

namespace Consensus.ModelSimulator.Embeddings;

internal static class EmbeddingsApi
{
    private const int DefaultDimensions = 256;
    private const int FewestDimensions = 8;
    private const int MostDimensions = 4096;
    private const int MostInputs = 2048;

    public static void MapEmbeddings(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/embeddings", PostAsync);

    private static async Task PostAsync(HttpContext http, ModelRegistry models, FaultBoard board, Competence competence, Responder responder)
    {
        if (await http.ReadBodyAsync(SimulatorJson.Default.EmbeddingRequest) is not { } request)
        {
            return;
        }

        if (Check(request, models, out var model, out var inputs) is { } error)
        {
            await http.WriteErrorAsync(error);
            return;
        }

        var fault = board.Choose(http.Request.Headers[FaultHeader.Name], model!, competence.Draw(model!, PromptKey(inputs)), out var problem);
        if (problem is not null)
        {
            await http.WriteErrorAsync(ApiError.Invalid(problem, FaultHeader.Name));
            return;
        }

        // A vector has no words to refuse with, and comes at once.
        var response = new Response(model!.Id, LatencyMs: 0, Streams: false, kind => [Body(request, kind == FaultKind.Empty ? [] : inputs)]) { Refusal = ApiError.Refused(model.Id) };
        await responder.ServeAsync(http, response, fault);
    }

    private static ulong PromptKey(IReadOnlyList<string> inputs) => inputs.Aggregate(0UL, (key, text) => StableHash.Join(key, StableHash.Of(text)));

    private static byte[] Body(EmbeddingRequest request, IReadOnlyList<string> inputs)
    {
        var dimensions = request.Dimensions ?? DefaultDimensions;
        var items = inputs.Select((text, index) => new EmbeddingItem(index, new(NGramEmbedding.Embed(text, dimensions), request.EncodingFormat == "base64"))).ToList();
        var usage = new EmbeddingUsage(inputs.Sum(text => TokenEstimate.OfText(text.Length)));
        return JsonSerializer.SerializeToUtf8Bytes(new EmbeddingResponse(request.Model!, items, usage), SimulatorJson.Default.EmbeddingResponse);
    }

    private static ApiError? Check(EmbeddingRequest request, ModelRegistry models, out ModelProfile? model, out IReadOnlyList<string> inputs)
    {
        (model, inputs) = (null, []);
        if (string.IsNullOrEmpty(request.Model))
        {
            return ApiError.Invalid("'model' is missing.", "model", "missing_required_parameter");
        }

        model = models.Find(request.Model);
        if (model is not { Kind: ModelKind.Embedding })
        {
            return model is null
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
}
