using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.Dashboard.Components.Asking;

/// <summary>One question, from asking to its end. Used on the page's own thread only.</summary>
public sealed class AskSession(ConsensusClient api) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(string Model, int Sample), CandidateBody> _arrived = [];

    /// <summary>True until it has ended one way or another.</summary>
    public bool Going { get; private set; } = true;

    /// <summary>The run's first word.</summary>
    public RunStarted? Run { get; private set; }

    /// <summary>The clusters of what has arrived.</summary>
    public ClustersSoFar? Clusters { get; private set; }

    /// <summary>The end, when the panel was heard.</summary>
    public ConsensusResponse? Verdict { get; private set; }

    /// <summary>The end, when it failed.</summary>
    public ProblemBody? Problem { get; private set; }

    /// <summary>The end, when the reader stopped it.</summary>
    public bool Cancelled { get; private set; }

    /// <summary>How many answers have arrived or failed.</summary>
    public int Arrived => _arrived.Count;

    /// <summary>How many are asked for.</summary>
    public int Asked => (Run?.Models.Count ?? 0) * (Run?.SamplesPerModel ?? 0);

    /// <summary>One row for each answer asked for, in the panel's order; without a candidate while it is awaited.</summary>
    public IEnumerable<(string Model, int Sample, CandidateBody? Candidate)> Rows =>
        from model in Run?.Models ?? []
        from sample in Enumerable.Range(0, Run!.SamplesPerModel)
        select (model, sample, _arrived.GetValueOrDefault((model, sample)));

    /// <summary>Asks and follows the run to its end; <paramref name="changed"/> is called after everything that happens.</summary>
    public async Task FollowAsync(ConsensusRequest request, Action changed)
    {
        try
        {
            await foreach (var happened in api.StreamAsync(request, _stop.Token))
            {
                Add(happened);
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

    private void Add(RunEvent happened)
    {
        switch (happened)
        {
            case RunStartedEvent started: Run = started.Run; break;
            case CandidateEvent arrived: _arrived[(arrived.Candidate.Model, arrived.Candidate.Sample)] = arrived.Candidate; break;
            case ClustersEvent changed: Clusters = changed.Clusters; break;
            case VerdictEvent decided: Verdict = decided.Response; break;
        }
    }
}
