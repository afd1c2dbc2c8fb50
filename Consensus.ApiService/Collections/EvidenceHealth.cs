using Consensus.Storage.Evidence;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.ApiService.Collections;

/// <summary>Whether the evidence store can be written, for <c>/ready</c>. Without it everything but evidence mode works.</summary>
internal sealed class EvidenceHealth(EvidenceStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!store.IsEnabled)
        {
            return HealthCheckResult.Healthy("switched off (Evidence:Enabled)");
        }

        try
        {
            await store.ProbeAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (EvidenceUnavailableException)
        {
            return HealthCheckResult.Degraded("the evidence store cannot be written");
        }
    }
}
