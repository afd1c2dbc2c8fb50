using Consensus.ApiService.Documents;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.ApiService.Gates;

/// <summary>Before anything is served: what is to be in force comes in force. While the store cannot be read this is tried again.</summary>
internal sealed partial class PolicyStart(PolicyRegister register, TimeProvider time, ILogger<PolicyStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryAsync(isStart: true))
        {
            LogNotLoaded();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!register.IsLoaded)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await TryAsync(isStart: false);
        }
    }

    private async Task<bool> TryAsync(bool isStart)
    {
        try
        {
            await register.LoadAsync(isStart);
            return true;
        }
        catch (RunLogUnavailableException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The run log cannot be read, so until it can the policy is that of the file (Policy:File), or everything passes")]
    private partial void LogNotLoaded();
}

/// <summary>Whether the policy in force is what was meant to be, for <c>/ready</c>. It tells no content: everybody may read it.</summary>
internal sealed class PolicyHealth([FromKeyedServices(PolicyServices.FileSetting)] DocumentFile file, PolicyRegister register) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !register.IsLoaded ? HealthCheckResult.Degraded("the stored policy could not be read yet")
        : file.Fault is { } fault ? HealthCheckResult.Degraded($"{fault}; the last good policy stays in force")
        : HealthCheckResult.Healthy());
}
