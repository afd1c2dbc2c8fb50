using System.Text.Json.Serialization;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Scoring;

/// <summary>Where a judge job is in its life.</summary>
[JsonConverter(typeof(SnakeCaseEnum<JudgeJobState>))]
public enum JudgeJobState
{
    /// <summary>Waits, or is being judged.</summary>
    Pending,

    /// <summary>Judged; its scores are stored, those that could not be had with their reason.</summary>
    Done,

    /// <summary>Given up: a dead letter, which can be tried again.</summary>
    Dead,
}

/// <summary>A judge job as it is listed.</summary>
public sealed record JudgeJob
{
    /// <summary>The job's id, a UUIDv7.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The run to be judged.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Where it is.</summary>
    public required JudgeJobState State { get; init; }

    /// <summary>The rubric's name.</summary>
    public required string Rubric { get; init; }

    /// <summary>The version of the scoring configuration that it is judged by.</summary>
    public required string ConfigVersion { get; init; }

    /// <summary>How many attempts have begun since it was made or last retried.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last attempt failed, from a closed list; <c>null</c> when none has.</summary>
    public string? Reason { get; init; }

    /// <summary>The same in a sentence, free of content.</summary>
    public string? Message { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The next attempt does not begin before this; <c>null</c>: at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it was done or given up.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>Asks for a stored run to be judged (again): the body of <c>POST /v1/scoring/jobs</c>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Rubric">The rubric by name; that of the configuration when not given.</param>
public sealed record JudgeJobRequest(Guid RunId, string? Rubric = null);

/// <summary>A worker begins an attempt: the body of <c>POST /v1/scoring/jobs/{id}/attempts</c>.</summary>
/// <param name="Worker">The worker's name, for the log.</param>
public sealed record JudgeAttemptRequest(string Worker);

/// <summary>All that a worker needs to judge a run, as the privacy level let it be stored.</summary>
public sealed record JudgeWork
{
    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The rubric's name.</summary>
    public required string Rubric { get; init; }

    /// <summary>The version of the scoring configuration to judge by.</summary>
    public required string ConfigVersion { get; init; }

    /// <summary>The conversation that ends in the question.</summary>
    public required IReadOnlyList<RequestMessage> Messages { get; init; }

    /// <summary>The candidates that have a text.</summary>
    public required IReadOnlyList<JudgedCandidate> Candidates { get; init; }
}

/// <summary>A candidate as it is judged.</summary>
public sealed record JudgedCandidate
{
    /// <summary>The candidate's number in the run.</summary>
    public required int Id { get; init; }

    /// <summary>The model that wrote it; not shown to judges.</summary>
    public required string Model { get; init; }

    /// <summary>The model's family, for recusal.</summary>
    public required string Family { get; init; }

    /// <summary>What it wrote.</summary>
    public required string Text { get; init; }

    /// <summary>The cluster of its answer; <c>null</c> without one.</summary>
    public int? Cluster { get; init; }
}
