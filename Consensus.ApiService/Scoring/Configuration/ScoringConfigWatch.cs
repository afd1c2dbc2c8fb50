using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>
/// Looks at the file now and then: an edit of it counts as a PUT. It looks at the content and not at the folder's events, so that it sees the same whether an
/// editor writes in place or replaces the file, and through links and mounts. What is being written is taken when it stays the same from one look to the next.
/// </summary>
internal sealed partial class ScoringConfigWatch(
    ScoringConfigFile file, ScoringConfigRegister register, IOptions<ScoringFileOptions> options, TimeProvider time, ILogger<ScoringConfigWatch> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        FileLook? last = null;
        var waits = false;
        while (file.IsSet && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.FileEvery, time, stoppingToken);
            var look = file.Look();
            if (look == last && look != file.Seen)
            {
                waits = !await TryTakeAsync(look, waits);
            }

            last = look;
        }
    }

    private async Task<bool> TryTakeAsync(FileLook look, bool waited)
    {
        try
        {
            await register.TakeFileAsync(look);
            return true;
        }
        catch (RunLogUnavailableException)
        {
            if (!waited)
            {
                LogWaits();
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The scoring configuration in the file has changed and cannot be stored; it is tried again until it can")]
    private partial void LogWaits();
}
