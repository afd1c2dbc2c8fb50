using Consensus.ModelSimulator.Json;
using Consensus.ModelSimulator.Models;

namespace Consensus.ModelSimulator.Hosting;

internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", (HttpContext http, ModelRegistry models) =>
            http.Response.WriteAsJsonAsync(new HealthBody("healthy", true, models.Models.Count), AdminJson.Default.HealthBody));
}

/// <summary>The body of <c>GET /health</c>.</summary>
internal sealed record HealthBody(string Status, bool Simulation, int Models);
