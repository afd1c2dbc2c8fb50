namespace Consensus.Storage.Scoring;

/// <summary>Which judged runs to take, the newest job of each that is done. What is <c>null</c> does not filter.</summary>
public sealed record JudgedFilter
{
    /// <summary>Only this run.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Only this job.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Only jobs with a score of this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only jobs by the rubric of this name.</summary>
    public string? Rubric { get; init; }

    /// <summary>Done at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Done before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only runs of this key; <c>null</c>: all.</summary>
    public string? KeyId { get; init; }
}

/// <summary>A job that is done.</summary>
/// <param name="Seq">Its order.</param>
/// <param name="Rubric">The rubric's name.</param>
/// <param name="ConfigVersion">The version of the scoring configuration.</param>
public sealed record JudgedJob(long Seq, string Rubric, string ConfigVersion);
