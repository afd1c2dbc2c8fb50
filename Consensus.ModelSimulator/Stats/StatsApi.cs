using Consensus.ModelSimulator.Json;

namespace Consensus.ModelSimulator.Stats;

internal static class StatsApi
{
    public static void MapStats(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/simulator/stats", (HttpContext http, RequestCounters counters) => http.Response.WriteAsJsonAsync(counters.Snapshot(), AdminJson.Default.StatsBody));
        routes.MapDelete("/simulator/stats", (HttpContext http, RequestCounters counters) =>
        {
            counters.Reset();
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }
}
