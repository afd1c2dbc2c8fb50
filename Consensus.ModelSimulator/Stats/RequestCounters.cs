using System.Collections.Concurrent;
using Consensus.ModelSimulator.Faults;

namespace Consensus.ModelSimulator.Stats;

/// <summary>Counts the requests of each model since the start or the last reset.</summary>
internal sealed class RequestCounters
{
    private readonly ConcurrentDictionary<string, ModelCounter> byModel = new(StringComparer.Ordinal);

    public ModelCounter Of(string model) => byModel.GetOrAdd(model, static _ => new());

    /// <summary>Sets every count to zero but those of requests under way.</summary>
    public void Reset()
    {
        foreach (var counter in byModel.Values)
        {
            counter.Reset();
        }
    }

    public StatsBody Snapshot()
    {
        var models = byModel.OrderBy(m => m.Key, StringComparer.Ordinal).ToDictionary(m => m.Key, m => m.Value.Snapshot(), StringComparer.Ordinal);
        return new(models.Values.Sum(m => m.Requests), models.Values.Sum(m => m.InFlight), models.Values.Sum(m => m.Cancelled), models);
    }
}

/// <summary>One model's counts.</summary>
internal sealed class ModelCounter
{
    private readonly long[] faults = new long[Enum.GetValues<FaultKind>().Length];
    private long requests;
    private long inFlight;
    private long cancelled;

    public void Enter(FaultKind? fault = null)
    {
        Interlocked.Increment(ref requests);
        Interlocked.Increment(ref inFlight);
        if (fault is { } kind)
        {
            Interlocked.Increment(ref faults[(int)kind]);
        }
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    /// <param name="clientLeft">Whether the client left before it had the whole answer.</param>
    public void Leave(bool clientLeft = false)
    {
        Interlocked.Add(ref cancelled, clientLeft ? 1 : 0);
        Interlocked.Decrement(ref inFlight);
    }

    public void Reset()
    {
        Interlocked.Exchange(ref requests, 0);
        Interlocked.Exchange(ref cancelled, 0);
        for (var i = 0; i < faults.Length; i++)
        {
            Interlocked.Exchange(ref faults[i], 0);
        }
    }

    public ModelStats Snapshot() => new(
        Interlocked.Read(ref requests),
        Interlocked.Read(ref inFlight),
        Interlocked.Read(ref cancelled),
        Enum.GetValues<FaultKind>().Where(f => Interlocked.Read(ref faults[(int)f]) > 0).ToDictionary(f => f.Name(), f => Interlocked.Read(ref faults[(int)f]), StringComparer.Ordinal));
}

/// <summary>The body of <c>GET /simulator/stats</c>.</summary>
internal sealed record StatsBody(long Requests, long InFlight, long Cancelled, IReadOnlyDictionary<string, ModelStats> Models);

/// <param name="Requests">Requests for this model that passed validation, those under way included.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="Cancelled">Requests whose client left before the whole answer was sent.</param>
/// <param name="Faults">How often each fault hit.</param>
internal sealed record ModelStats(long Requests, long InFlight, long Cancelled, IReadOnlyDictionary<string, long> Faults);
