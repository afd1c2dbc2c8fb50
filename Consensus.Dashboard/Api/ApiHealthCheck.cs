using Consensus.Contracts.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.Dashboard.Api;

/// <summary>Whether the API answers and takes the dashboard's key. Without it the pages still come, and say so: the dashboard is degraded, not broken.</summary>
internal sealed class ApiHealthCheck(ConsensusClient api) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // The cheapest route that asks for a key.
            await api.ListStrategiesAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (ConsensusApiException failure)
        {
            return HealthCheckResult.Degraded(failure.Code switch
            {
                ClientErrorCodes.Unreachable => "not reachable",
                "unauthorized" or "forbidden" => "refuses the dashboard's key (Api:Key)",
                var other => $"answers {other}",
            });
        }
    }
}
