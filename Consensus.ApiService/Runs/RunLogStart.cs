using Consensus.ApiService.Telemetry;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.ApiService.Runs;

/// <summary>Before anything is served: runs that an earlier process of this instance left unfinished are marked as such.</summary>
internal sealed partial class RunLogStart(RunLog log, IConfiguration configuration, ILogger<RunLogStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            RunMetrics.FoundInterrupted(await log.MarkInterruptedAsync(RunConducting.Instance(configuration), cancellationToken));
        }
        catch (RunLogUnavailableException unavailable)
        {
            LogNotMarked(unavailable.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Error, "The run log cannot be written, so unfinished runs are not marked: {Reason}")]
    private partial void LogNotMarked(string reason);
}

/// <summary>Whether the run log can be written, for <c>/ready</c>.</summary>
internal sealed class RunLogHealth(RunLog log) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!log.IsEnabled)
        {
            return HealthCheckResult.Healthy("switched off (RunLog:Enabled)");
        }

        try
        {
            await log.ProbeAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RunLogMovedException)
        {
            // Not where to: whoever may not see that asks too. The service's log says it.
            return HealthCheckResult.Unhealthy("the run log has moved, or is being filled by a migration");
        }
        catch (RunLogUnavailableException)
        {
            return HealthCheckResult.Unhealthy("the run log cannot be written");
        }
    }
}
