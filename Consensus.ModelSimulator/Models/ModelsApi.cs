using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Json;

namespace Consensus.ModelSimulator.Models;

internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", (HttpContext http, ModelRegistry models) =>
            http.Response.WriteAsJsonAsync(new ModelListBody([.. models.Models.Select(ModelBody.Of)]), SimulatorJson.Wire.ModelListBody));
        routes.MapGet("/v1/models/{**model}", (HttpContext http, string? model, ModelRegistry models) => models.Find(model ?? "") is { } found
            ? http.Response.WriteAsJsonAsync(ModelBody.Of(found), SimulatorJson.Wire.ModelBody)
            : http.WriteErrorAsync(ApiError.UnknownModel(model)));
    }
}

/// <summary>The body of <c>GET /v1/models</c>.</summary>
internal sealed record ModelListBody(IReadOnlyList<ModelBody> Data)
{
    public string Object { get; } = "list";
}

/// <summary>A model in OpenAI's shape, with its family and kind added.</summary>
/// <param name="Id">The name to ask for.</param>
/// <param name="Family">The model's family.</param>
/// <param name="Kind"><c>simulated</c>, <c>replay</c> or <c>embedding</c>.</param>
internal sealed record ModelBody(string Id, string Family, string Kind)
{
    // Models of a simulation were never released; clients only need a number here.
    private const long NeverReleased = 0;

    public string Object { get; } = "model";

    public long Created { get; } = NeverReleased;

    public string OwnedBy { get; } = Simulation.Owner;

    public static ModelBody Of(ModelProfile model) => new(model.Id, model.Family, model.Kind.ToString().ToLowerInvariant());
}
