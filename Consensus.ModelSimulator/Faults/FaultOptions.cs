namespace Consensus.ModelSimulator.Faults;

/// <summary>A fault as configuration and the fault board write it; the fault's kind is its key there.</summary>
internal record FaultOptions
{
    /// <summary>The probability that an attempt is hit, in [0, 1].</summary>
    public double Probability { get; set; } = 1;

    /// <summary>Only the first so many attempts of the same model and prompt are hit; all when <c>null</c>. 1 to 1,000,000.</summary>
    public int? Times { get; set; }

    /// <summary>How long to wait before the first byte, in milliseconds, in place of the drawn latency; for a trickle, the pause between bytes. 0 to 600,000.</summary>
    public int? LatencyMs { get; set; }

    /// <summary>The seconds in <c>Retry-After</c> of a rate limit, 0 to 3,600; none is sent when negative.</summary>
    public int RetryAfterSeconds { get; set; } = 1;

    /// <summary>The status of a server error, 500 to 599.</summary>
    public int Status { get; set; } = 500;

    /// <summary>Whether a truncation ends as if it were complete; else the connection breaks.</summary>
    public bool Clean { get; set; }

    /// <summary>Says what is out of range, naming each member with <paramref name="prefix"/> before it.</summary>
    public IEnumerable<string> Violations(string prefix)
    {
        if (!(Probability is >= 0 and <= 1))
        {
            yield return $"{prefix}probability is {Probability}; it must be from 0 to 1.";
        }

        if (Times is < 1 or > 1_000_000)
        {
            yield return $"{prefix}times is {Times}; it must be from 1 to 1000000.";
        }

        if (LatencyMs is < 0 or > 600_000)
        {
            yield return $"{prefix}latencyMs is {LatencyMs}; it must be from 0 to 600000.";
        }

        if (RetryAfterSeconds > 3600)
        {
            yield return $"{prefix}retryAfterSeconds is {RetryAfterSeconds}; it must be at most 3600.";
        }

        if (Status is < 500 or > 599)
        {
            yield return $"{prefix}status is {Status}; it must be from 500 to 599.";
        }
    }
}
