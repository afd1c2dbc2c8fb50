using Consensus.ApiService.Documents;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>Whether what is in force is what was meant to be, for <c>/ready</c>. It tells no content: everybody may read it.</summary>
internal sealed class ScoringConfigHealth([FromKeyedServices(ScoringConfigServices.FileSetting)] DocumentFile file, ScoringConfigRegister register) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !register.IsLoaded ? HealthCheckResult.Degraded("the stored configuration could not be read yet")
        : file.Fault is { } fault ? HealthCheckResult.Degraded($"{fault}; the last good configuration stays in force")
        : HealthCheckResult.Healthy());
}
