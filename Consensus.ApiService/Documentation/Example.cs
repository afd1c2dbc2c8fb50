using System.Text.Json.Nodes;
using Consensus.ApiService.Http;
using Consensus.ApiService.Provenance;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>A request and what was answered to it.</summary>
/// <param name="Name">Its name, unique in its operation.</param>
/// <param name="Summary">What it shows, in a few words.</param>
/// <param name="Request">The request's body; <c>null</c> without one.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Response">The answer's body, events as one text; <c>null</c> without one.</param>
/// <param name="Accept">The form that was asked for; <c>null</c>: the usual one.</param>
internal sealed record Example(string Name, string Summary, JsonNode? Request, int Status, JsonNode? Response, string? Accept = null)
{
    public string MediaType => Accept == ProvJson.MediaType ? Accept : Response is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String ? Accepts.EventStream : Media.Json;

    public IOpenApiExample OfRequest() => new OpenApiExample { Summary = Summary, Value = Request?.DeepClone() };

    public IOpenApiExample OfResponse() => new OpenApiExample { Summary = Summary, Value = Response?.DeepClone() };
}
