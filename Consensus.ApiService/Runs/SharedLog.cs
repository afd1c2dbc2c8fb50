using Consensus.ApiService.Fitting;
using Consensus.ApiService.Gates;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Scoring.Configuration;
using Consensus.ApiService.Telemetry;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Runs;

/// <summary>
/// Where several processes share a run log: says that this one lives, marks what those left that do not any more, and takes what came in force over another.
/// Does nothing where the log is a file of this process alone.
/// </summary>
internal sealed partial class SharedLog(
    RunLog log, PolicyRegister policies, ScoringConfigRegister scoring, FittedRegister fitted, IOptions<RunLogOptions> options, IConfiguration configuration,
    TimeProvider time, ILogger<SharedLog> logger) : HostedLoop
{
    private readonly string _instance = RunConducting.Instance(configuration);
    private DateTimeOffset _seeAgain = DateTimeOffset.MinValue;
    private bool _failing;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (log is { IsEnabled: true, IsShared: true })
        {
            // Before anything is served: a run of a process that does not count as alive would be taken for abandoned.
            await TryAsync(cancellationToken);
            await base.StartAsync(cancellationToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (log is { IsEnabled: true, IsShared: true })
        {
            try
            {
                await log.LeaveAsync(_instance, cancellationToken);
            }
            catch (Exception fault) when (fault is RunLogUnavailableException or OperationCanceledException)
            {
                // Its lease ends by itself.
            }
        }
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Refresh < options.Value.Lease / 4 ? options.Value.Refresh : options.Value.Lease / 4, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (time.GetUtcNow() >= _seeAgain)
            {
                RunMetrics.FoundInterrupted(await log.SeeInstanceAsync(_instance, options.Value.Lease, cancellationToken));
                _seeAgain = time.GetUtcNow() + (options.Value.Lease / 4);
            }

            await policies.RefreshAsync();
            await scoring.RefreshAsync();
            await fitted.LoadAsync(cancellationToken);
            _failing = false;
        }
        catch (Exception fault) when (fault is RunLogUnavailableException or StartRefusedException)
        {
            if (!_failing)
            {
                LogFailing(fault.Message);
            }

            _failing = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "What other processes put in force cannot be taken: what was known before stays in force until it can. {Reason}")]
    private partial void LogFailing(string reason);
}
