using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.Scoring.Api;

/// <summary>Whether the API answers and takes this worker's key. A worker without it waits; it is not broken.</summary>
internal sealed class ApiHealthCheck(IHttpClientFactory clients) : IHealthCheck
{
    // The cheapest route that asks for a key.
    private static readonly Uri s_guarded = new("/v1/strategies", UriKind.Relative);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var api = clients.CreateClient(ApiClient.Name);
            using var answer = await api.GetAsync(s_guarded, cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => HealthCheckResult.Degraded("refuses the worker's key (Api:Key)"),
                _ when answer.IsSuccessStatusCode => HealthCheckResult.Healthy(),
                var other => HealthCheckResult.Degraded($"answers {(int)other}"),
            };
        }
        catch (HttpRequestException error)
        {
            return HealthCheckResult.Degraded("not reachable", error);
        }
    }
}
