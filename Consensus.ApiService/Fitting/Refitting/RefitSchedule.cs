using Consensus.ApiService.Hosting;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Fitting.Refitting;

/// <summary>Where it is switched on, looks for new labels now and then and has them fitted. A failure is logged and tried again the next time.</summary>
internal sealed partial class RefitSchedule(Refitter refitter, IOptions<RefitOptions> options, TimeProvider time, ILogger<RefitSchedule> logger) : HostedLoop
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Enabled && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.Every, time, stoppingToken);
            try
            {
                if (await refitter.HasGrownAsync(stoppingToken))
                {
                    // A stop does not wait for the panel that is being fitted: until its end nothing is written.
                    await refitter.RefitAsync(stoppingToken).WaitAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Labels could not be fitted; what is in force stays, and it is tried again")]
    private partial void LogFailed(Exception fault);
}
