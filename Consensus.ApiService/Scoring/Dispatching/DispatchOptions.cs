using System.ComponentModel.DataAnnotations;

namespace Consensus.ApiService.Scoring.Dispatching;

/// <summary>How judge jobs are sent: the section <c>Scoring:Dispatch</c>.</summary>
internal sealed class DispatchOptions
{
    public const string Section = "Scoring:Dispatch";

    /// <summary>The pause between looks for jobs to send, in seconds; a new job is sent at once.</summary>
    [Range(0.05, 3600)]
    public double PollSeconds { get; set; } = 2;

    /// <summary>The most jobs that wait in Redis; the others wait in the run log.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 1_000;

    /// <summary>Hours after which a job that was sent and never heard of is sent again; one that was lost with Redis itself is sent again at once.</summary>
    [Range(0.01, 8760)]
    public double MarkerHours { get; set; } = 24;

    /// <summary>
    /// Seconds for which a job that one process has claimed for sending is no other's: so long it takes until another sends what a process that was killed had
    /// claimed. Clocks of the machines must agree better than this.
    /// </summary>
    [Range(0.05, 3600)]
    public double ClaimSeconds { get; set; } = 10;

    public TimeSpan Poll => TimeSpan.FromSeconds(PollSeconds);

    public TimeSpan Claim => TimeSpan.FromSeconds(ClaimSeconds);

    public TimeSpan MarkerExpiry => TimeSpan.FromHours(MarkerHours);
}
