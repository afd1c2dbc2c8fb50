using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>The scoring configuration in force, swapped whole. Whoever needs it more than once reads it once.</summary>
/// <param name="seed">What is in force until the store has been read.</param>
internal sealed class ScoringConfigHolder(VersionedScoringConfig seed)
{
    private volatile VersionedScoringConfig _current = seed;

    /// <summary>What is in force. There always is one.</summary>
    public VersionedScoringConfig Current
    {
        get => _current;
        set => _current = value;
    }
}
