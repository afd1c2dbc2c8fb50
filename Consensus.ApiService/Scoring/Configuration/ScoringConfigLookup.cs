using System.Collections.Concurrent;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>Finds scoring configurations by their versions: a job is judged, and its scores are read, by the one that it was made under.</summary>
internal sealed partial class ScoringConfigLookup(ScoringConfigHolder holder, RunLog log, ILogger<ScoringConfigLookup> logger)
{
    private const int VersionDigits = 16;

    // Jobs of one time name few versions; a new start is cheaper than an order of use.
    private const int Kept = 256;

    private readonly ConcurrentDictionary<string, VersionedScoringConfig> _known = new(StringComparer.Ordinal);

    /// <summary>A configuration that is or was in force; <c>null</c> when none of this version was. Without a run log only those of this process are known.</summary>
    /// <exception cref="RunLogUnavailableException">It is not known here, and the store cannot be read.</exception>
    public async ValueTask<VersionedScoringConfig?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (holder.Current is var current && current.Version == version)
        {
            return current;
        }

        if (_known.TryGetValue(version, out var known))
        {
            return known;
        }

        if (!log.IsEnabled || !IsVersion(version) || await log.FindScoringConfigAsync(version, cancellationToken) is not { } document)
        {
            return null;
        }

        var reading = ScoringConfigReader.ReadStored(version, document);
        if (reading.State is null)
        {
            LogUnreadable(version, reading.Count, reading.Errors[0].Field, reading.Errors[0].Message);
            return null;
        }

        Remember(reading.State);
        return reading.State;
    }

    /// <summary>Keeps a configuration at hand.</summary>
    public void Remember(VersionedScoringConfig state)
    {
        if (_known.Count >= Kept)
        {
            _known.Clear();
        }

        _known[state.Version] = state;
    }

    private static bool IsVersion(string text) => text.Length == VersionDigits && text.All(char.IsAsciiHexDigitLower);

    [LoggerMessage(LogLevel.Error, "The stored scoring configuration {Version} is not usable: {Count} violations, the first at {Field}: {Message}")]
    private partial void LogUnreadable(string version, int count, string field, string message);
}
