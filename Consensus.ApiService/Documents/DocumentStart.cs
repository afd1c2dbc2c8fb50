using Consensus.ApiService.Hosting;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Documents;

/// <summary>Before anything is served: what is to be in force comes in force. While the store cannot be read this is tried again.</summary>
/// <param name="what">What the document is.</param>
/// <param name="meanwhile">What is in force until the store can be read.</param>
/// <param name="isLoaded">Whether what is in force is what the store says.</param>
/// <param name="load">Brings it in force, told whether this is the start; throws <see cref="RunLogUnavailableException"/> while it cannot.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told that the store cannot be read.</param>
internal sealed partial class DocumentStart(
    string what, string meanwhile, Func<bool> isLoaded, Func<bool, Task> load, TimeProvider time, ILogger<DocumentStart> logger) : HostedLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryAsync(isStart: true))
        {
            LogNotLoaded(what, meanwhile);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!isLoaded())
        {
            await Task.Delay(Pause, time, stoppingToken);
            await TryAsync(isStart: false);
        }
    }

    private async Task<bool> TryAsync(bool isStart)
    {
        try
        {
            await load(isStart);
            return true;
        }
        catch (RunLogUnavailableException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The run log cannot be read, so until it can the {What} is {Meanwhile}")]
    private partial void LogNotLoaded(string what, string meanwhile);
}
