using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Scoring;

/// <summary>What a look-up reads of a row of <c>judge_jobs</c>.</summary>
internal sealed class JudgeJobRow
{
    /// <summary>The columns, of the table as <c>j</c>.</summary>
    public const string Columns =
        "j.seq, j.job_id, j.run_id, j.created_at, j.rubric, j.config_version, j.state, j.attempts, j.not_before, j.finished_at, j.reason, j.message";

    /// <summary>One job.</summary>
    public const string One = $"SELECT {Columns} FROM judge_jobs j WHERE j.job_id = @id AND (@keyId IS NULL OR j.key_id = @keyId)";

    /// <summary>The newest job of a run that is done.</summary>
    public const string NewestDone =
        $"""
         SELECT {Columns} FROM judge_jobs j INDEXED BY judge_jobs_by_run
         WHERE j.run_seq = (SELECT seq FROM runs WHERE run_id = @runId AND (@keyId IS NULL OR key_id = @keyId)) AND j.state = 'done'
             AND (@rubric IS NULL OR j.rubric = @rubric)
         ORDER BY j.seq DESC LIMIT 1
         """;

    /// <summary>Whether a job may be sent, and nobody has claimed it.</summary>
    public const string IsDue = "state = 'pending' AND (not_before IS NULL OR not_before <= @now) AND (claimed_until IS NULL OR claimed_until <= @now)";

    /// <summary>Jobs that may be sent, by their order.</summary>
    public const string Due =
        $"""
         SELECT seq, job_id, trace_parent FROM judge_jobs INDEXED BY judge_jobs_pending
         WHERE {IsDue} AND seq > @after
         ORDER BY seq LIMIT @rows
         """;

    /// <summary>How the jobs stand.</summary>
    public const string Counts =
        """
        SELECT (SELECT count(*) FROM judge_jobs INDEXED BY judge_jobs_pending WHERE state = 'pending') AS pending,
               (SELECT count(*) FROM judge_jobs INDEXED BY judge_jobs_by_state WHERE state = 'dead') AS dead,
               (SELECT min(queued_at) FROM judge_jobs INDEXED BY judge_jobs_pending WHERE state = 'pending') AS oldest
        """;

    public long seq { get; init; }
    public byte[] job_id { get; init; } = [];
    public byte[] run_id { get; init; } = [];
    public long created_at { get; init; }
    public string rubric { get; init; } = "";
    public string config_version { get; init; } = "";
    public string state { get; init; } = "";
    public long attempts { get; init; }
    public long? not_before { get; init; }
    public long? finished_at { get; init; }
    public string? reason { get; init; }
    public string? message { get; init; }
    public string? trace_parent { get; init; }

    public JudgeJob ToBody() => new()
    {
        JobId = StoredValue.Id(job_id),
        RunId = StoredValue.Id(run_id),
        State = WireName.Parse<JudgeJobState>(state),
        Rubric = rubric,
        ConfigVersion = config_version,
        Attempts = (int)attempts,
        Reason = reason,
        Message = message,
        CreatedAt = StoredTime.Read(created_at),
        NotBefore = StoredTime.Read(not_before),
        FinishedAt = StoredTime.Read(finished_at),
    };
}

/// <summary>How the jobs stand, as SQLite gives it.</summary>
internal sealed class JudgeJobCountsRow
{
    public long pending { get; init; }
    public long dead { get; init; }
    public long? oldest { get; init; }
}
