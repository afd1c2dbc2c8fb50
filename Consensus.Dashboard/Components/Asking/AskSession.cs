using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.Dashboard.Components.Asking;

/// <summary>One question, from asking to its end. Used on the page's own thread only.</summary>
public sealed class AskSession(ConsensusClient api) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>True until it has ended one way or another.</summary>
    public bool Going { get; private set; } = true;

    /// <summary>What has come of it.</summary>
    public RunProgress Progress { get; } = new();

    /// <summary>The end, when it failed.</summary>
    public ProblemBody? Problem { get; private set; }

    /// <summary>The end, when the reader stopped it.</summary>
    public bool Cancelled { get; private set; }

    /// <summary>Asks and follows the run to its end; <paramref name="changed"/> is called after everything that happens.</summary>
    public async Task FollowAsync(ConsensusRequest request, Action changed)
    {
        try
        {
            await foreach (var happened in api.StreamAsync(request, _stop.Token))
            {
                Progress.Add(happened);
                changed();
            }
        }
        catch (ConsensusApiException failure)
        {
            Problem = failure.Problem;
        }
        catch (OperationCanceledException)
        {
            Cancelled = true;
        }
        finally
        {
            Going = false;
            changed();
        }
    }

    /// <summary>Stops the run: the connection is closed, the API cancels the calls.</summary>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
