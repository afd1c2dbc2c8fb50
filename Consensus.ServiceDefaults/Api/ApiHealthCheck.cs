using Consensus.Contracts.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.ServiceDefaults.Api;

/// <summary>Whether the API answers and takes this service's key. A service without it waits, or says so on its pages: it is degraded, not broken.</summary>
internal sealed class ApiHealthCheck(ConsensusClient api, string holder) : IHealthCheck
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
            return HealthCheckResult.Degraded(failure.Problem switch
            {
                { Code: ClientErrorCodes.Unreachable } => "not reachable",
                { Status: 401 or 403 } => $"refuses the {holder}'s key (Api:Key)",
                { Code: ClientErrorCodes.UnexpectedResponse, Status: >= 500 and var status } => $"answers {status}",
                var other => $"answers {other.Code}",
            });
        }
    }
}
