using Consensus.Storage.Runs;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>Before anything is served: what is to be in force comes in force. While the store cannot be read this is tried again.</summary>
internal sealed partial class ScoringConfigStart(ScoringConfigRegister register, TimeProvider time, ILogger<ScoringConfigStart> logger) : BackgroundService
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

    [LoggerMessage(LogLevel.Error, "The run log cannot be read, so until it can the scoring configuration is that of the file or the default")]
    private partial void LogNotLoaded();
}
