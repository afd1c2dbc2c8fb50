using Consensus.ApiService.Documents;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.ApiService.Gates;

/// <summary>Whether the policy in force is what was meant to be, for <c>/ready</c>. It tells no content: everybody may read it.</summary>
internal sealed class PolicyHealth([FromKeyedServices(PolicyServices.FileSetting)] DocumentFile file, PolicyRegister register) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !register.IsLoaded ? HealthCheckResult.Degraded("the stored policy could not be read yet")
        : file.Fault is { } fault ? HealthCheckResult.Degraded($"{fault}; the last good policy stays in force")
        : HealthCheckResult.Healthy());
}
