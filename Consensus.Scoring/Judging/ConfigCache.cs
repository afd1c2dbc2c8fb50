using System.Collections.Concurrent;
using Consensus.Contracts.Client;
using Consensus.Contracts.Scoring;

namespace Consensus.Scoring.Judging;

/// <summary>The scoring configurations that jobs named, as the API has them. A version never changes, so each is asked for once.</summary>
internal sealed class ConfigCache(ConsensusClient api)
{
    private const int Most = 32;

    private readonly ConcurrentDictionary<string, ScoringConfig> _known = new(StringComparer.Ordinal);

    /// <exception cref="ConsensusApiException">There is no such version, or the API cannot be reached.</exception>
    public async Task<ScoringConfig> GetAsync(string version, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(version, out var known))
        {
            return known;
        }

        var found = await api.GetScoringConfigAsync(version, cancellationToken);
        if (_known.Count >= Most)
        {
            // Old versions are seldom asked for again; those in use are back after one question each.
            _known.Clear();
        }

        return _known.GetOrAdd(version, found.Config);
    }
}
