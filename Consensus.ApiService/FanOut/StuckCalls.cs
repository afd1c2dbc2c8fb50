using System.Collections.Concurrent;
using Consensus.ApiService.Telemetry;

namespace Consensus.ApiService.FanOut;

/// <summary>
/// Counts, per model, the calls that were given up because they did not end when they were cancelled. A model with too many of them is not asked again until some
/// have ended, so that a provider that hangs cannot pile up calls without bound.
/// </summary>
internal sealed class StuckCalls
{
    /// <summary>The most stuck calls of one model.</summary>
    public const int MostPerModel = 32;

    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    public bool IsFull(string model) => counts.GetValueOrDefault(model) >= MostPerModel;

    public int Count(string model) => counts.GetValueOrDefault(model);

    public void Add(string model)
    {
        counts.AddOrUpdate(model, 1, static (_, n) => n + 1);
        LiveMetrics.GivenUp(1);
    }

    public void Remove(string model)
    {
        counts.AddOrUpdate(model, 0, static (_, n) => n - 1);
        LiveMetrics.GivenUp(-1);
    }
}
