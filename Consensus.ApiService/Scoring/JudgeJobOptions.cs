using System.ComponentModel.DataAnnotations;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Scoring;

/// <summary>The section <c>Scoring:Jobs</c>: how soon a job whose attempt failed is tried again.</summary>
internal sealed class JudgeJobOptions
{
    public const string Section = "Scoring:Jobs";

    /// <summary>Seconds after the first attempt; each further one doubles it. 0.1 to 3600.</summary>
    [Range(0.1, 3_600)]
    public double RetrySeconds { get; set; } = 10;

    /// <summary>The longest wait in seconds, 0.1 to 86400.</summary>
    [Range(0.1, 86_400)]
    public double LongestRetrySeconds { get; set; } = 900;

    /// <summary>The rule for a job of a configuration.</summary>
    public RetryRule Rule(JudgeJobLimits limits) => new(limits.MaxAttempts, TimeSpan.FromSeconds(RetrySeconds), TimeSpan.FromSeconds(LongestRetrySeconds));
}
