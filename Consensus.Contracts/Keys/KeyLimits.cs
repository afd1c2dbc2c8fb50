namespace Consensus.Contracts.Keys;

/// <summary>How much one key may ask for. What is <c>null</c> is bounded by the service's own settings only.</summary>
/// <param name="RequestsPerMinute">The most requests in a minute, 1 or more.</param>
/// <param name="ConcurrentRuns">The most runs at a time, 1 or more.</param>
/// <param name="DailyCostUsd">The most that the runs of one UTC day may cost, in US dollars, 0 or more.</param>
/// <param name="CallsPerRun">The most calls to models that one request may cause, 1 or more.</param>
public sealed record KeyLimits(int? RequestsPerMinute = null, int? ConcurrentRuns = null, decimal? DailyCostUsd = null, int? CallsPerRun = null);
