using Consensus.ApiService.Hosting;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Fitting;

/// <summary>Before anything is served: the newest stored document comes in force. While the store cannot be read this is tried again.</summary>
internal sealed partial class FittedStart(FittedRegister register, TimeProvider time, ILogger<FittedStart> logger) : HostedLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private bool _loaded;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _loaded = await TryAsync(cancellationToken);
        if (!_loaded)
        {
            LogNotLoaded();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!_loaded)
        {
            await Task.Delay(Pause, time, stoppingToken);
            _loaded = await TryAsync(stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await register.LoadAsync(cancellationToken);
            return true;
        }
        catch (RunLogUnavailableException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The run log cannot be read, so no stored fitted document is in force until it can")]
    private partial void LogNotLoaded();
}
