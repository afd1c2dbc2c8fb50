using Consensus.ApiService.Hosting;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Documents;

/// <summary>
/// Looks at the file now and then: an edit of it counts as a PUT. It looks at the content and not at the folder's events, so that it sees the same whether an
/// editor writes in place or replaces the file, and through links and mounts. What is being written is taken when it stays the same from one look to the next.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="every">How often it is looked at.</param>
/// <param name="take">Takes what it says; throws <see cref="RunLogUnavailableException"/> while that cannot be stored.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told that a change waits.</param>
internal sealed partial class DocumentWatch(DocumentFile file, TimeSpan every, Func<FileLook, Task> take, TimeProvider time, ILogger<DocumentWatch> logger)
    : HostedLoop
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        FileLook? last = null;
        var waits = false;
        while (file.IsSet && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(every, time, stoppingToken);
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
            await take(look);
            return true;
        }
        catch (RunLogUnavailableException)
        {
            if (!waited)
            {
                LogWaits(file.What);
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The {What} in the file has changed and cannot be stored; it is tried again until it can")]
    private partial void LogWaits(string what);
}
