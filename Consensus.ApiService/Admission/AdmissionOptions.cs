using System.ComponentModel.DataAnnotations;

namespace Consensus.ApiService.Admission;

/// <summary>The section <c>Limits</c>: how much callers may ask for, where their keys say nothing else.</summary>
internal sealed class AdmissionOptions
{
    public const string Section = "Limits";

    /// <summary>The most requests of a key in a minute, 1 to 1,000,000.</summary>
    [Range(1, Contracts.Limits.KeyRequestsPerMinute)]
    public int RequestsPerMinute { get; set; } = 1_200;

    /// <summary>The most requests in a minute of a key that has the scope <c>worker</c>, 1 to 1,000,000.</summary>
    [Range(1, Contracts.Limits.KeyRequestsPerMinute)]
    public int WorkerRequestsPerMinute { get; set; } = 60_000;

    /// <summary>The most requests of an address in a minute, whoever comes from there and before it is asked who it is, 1 to 1,000,000.</summary>
    [Range(1, Contracts.Limits.KeyRequestsPerMinute)]
    public int AddressRequestsPerMinute { get; set; } = 6_000;

    /// <summary>Whether addresses of this machine are limited too: there a proxy may stand for all its callers, or a developer alone.</summary>
    public bool LimitLoopback { get; set; }

    /// <summary>The most runs of a key at a time, 1 to 10,000.</summary>
    [Range(1, Contracts.Limits.KeyConcurrentRuns)]
    public int ConcurrentRuns { get; set; } = 100;

    /// <summary>The most that a key's runs of one UTC day may cost, in US dollars, 0 to 1,000,000; <c>null</c>: no bound but those of keys.</summary>
    [Range(0, Contracts.Limits.KeyDailyCostUsd)]
    public decimal? DailyCostUsd { get; set; }

    /// <summary>The most calls to models that one request may cause, 1 to 10,000.</summary>
    [Range(1, Contracts.Limits.KeyCallsPerRun)]
    public int MaxCallsPerRun { get; set; } = 300;

    /// <summary>How long a request waits for Redis before this process counts on its own, 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan RedisTimeout { get; set; } = TimeSpan.FromMilliseconds(250);
}
