using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>The schemas of OpenAI's protocol, as far as it is spoken here, and of streams: written by hand, since no type of the contracts stands for them.</summary>
internal static class WrittenSchemas
{
    public const string Request = "ChatRequest";
    public const string Completion = "ChatCompletion";
    public const string Chunks = "ChatStream";
    public const string Model = "OpenAiModel";
    public const string Models = "OpenAiModelList";
    public const string Error = "OpenAiError";

    /// <summary>The events of a run.</summary>
    public const string RunEvents = "RunEventStream";

    /// <summary>W3C PROV in JSON.</summary>
    public const string Prov = "ProvDocument";

    /// <summary>A JSON Schema.</summary>
    public const string JsonSchema = "JsonSchema";

    public static void AddTo(OpenApiDocument document)
    {
        var written = OpenApiDocument.Parse(Resources.Text("handwritten.openapi.json"), OpenApiConstants.Json);
        if (written.Document?.Components?.Schemas is not { } schemas || written.Diagnostic?.Errors is { Count: > 0 })
        {
            throw new InvalidOperationException($"The written schemas cannot be read: {string.Join(" ", written.Diagnostic?.Errors.Select(error => error.Message) ?? [])}");
        }

        document.Components!.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, schema) in schemas)
        {
            document.Components.Schemas[name] = schema;
        }

        document.Components.Examples = Examples.Refusals.ToDictionary(
            one => one.Key, one => (IOpenApiExample)new OpenApiExample { Summary = (string)one.Value["summary"]!, Value = one.Value["body"]!.DeepClone() });
    }
}
