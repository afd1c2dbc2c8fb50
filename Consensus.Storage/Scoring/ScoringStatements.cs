using System.Data.Common;
using System.Globalization;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Scoring;

/// <summary>What the writer does with judge jobs inside a transaction.</summary>
internal sealed class ScoringStatements(DbConnection connection) : IDisposable
{
    /// <summary>The reason of a job whose last attempt began and was never reported.</summary>
    public const string WorkerLost = "worker_lost";

    private readonly Statement _run = new(connection,
        """
        SELECT seq, key_id, status, (prompt IS NOT NULL OR messages IS NOT NULL) AND EXISTS (SELECT 1 FROM candidates c WHERE c.run_seq = runs.seq AND c.text IS NOT NULL)
        FROM runs WHERE run_id = $id
        """,
        "$id");

    private readonly Statement _insert = new(connection,
        """
        INSERT INTO judge_jobs (job_id, run_seq, run_id, key_id, created_at, queued_at, rubric, config_version, state, attempts, attempt_open, trace_parent)
        SELECT $id, seq, run_id, key_id, $now, $now, $rubric, $version, 'pending', 0, 0, $trace FROM runs WHERE seq = $run
        """,
        "$id", "$run", "$now", "$rubric", "$version", "$trace");

    private readonly Statement _any = new(connection, "SELECT 1 FROM judge_jobs WHERE run_seq = $run LIMIT 1", "$run");

    private readonly Statement _find = new(connection, "SELECT seq, run_seq, key_id, state, attempts, attempt_open FROM judge_jobs WHERE job_id = $id", "$id");

    private readonly Statement _begin = new(connection, "UPDATE judge_jobs SET attempts = attempts + 1, attempt_open = 1 WHERE seq = $seq", "$seq");

    private readonly Statement _move = new(connection,
        $"""
         UPDATE judge_jobs SET state = $state, attempts = $attempts, attempt_open = 0, not_before = $notBefore, finished_at = $finishedAt, reason = $reason,
             claimed_until = NULL, claimed_by = NULL, message = {Statement.Text("$message")}
         WHERE seq = $seq
         """,
        "$seq", "$state", "$attempts", "$notBefore", "$finishedAt", "$reason", "$message");

    private readonly Statement _release = new(connection,
        "UPDATE judge_jobs SET attempts = attempts - 1, attempt_open = 0, claimed_until = NULL, claimed_by = NULL WHERE seq = $seq", "$seq");

    private readonly Statement _requeue = new(connection,
        """
        UPDATE judge_jobs SET state = 'pending', attempts = 0, attempt_open = 0, queued_at = $now, not_before = NULL, finished_at = NULL, reason = NULL, message = NULL,
            claimed_until = NULL, claimed_by = NULL
        WHERE seq = $seq
        """,
        "$seq", "$now");

    private readonly ScoreStatements _scores = new(connection);

    private readonly KeyCostStatements _costs = new(connection);

    /// <summary>Makes the job of a run that is being stored, unless it has one: the same finish told again makes no second.</summary>
    /// <param name="runSeq">The run's order.</param>
    /// <param name="job">The job.</param>
    /// <param name="now">When it is made, as stored.</param>
    public void AddOnce(object runSeq, NewJudgeJob job, long now)
    {
        if (_any.Scalar(runSeq) is null)
            Insert(runSeq, job, now);
    }

    /// <summary>Makes a job for a run that is stored, also one more.</summary>
    public JobAdding Add(Guid runId, NewJudgeJob job, Func<string?, bool> mayJudge, DateTimeOffset now)
    {
        long seq;
        using (var found = _run.Query(StoredValue.Id(runId)))
        {
            if (!found.Read())
                return JobAdding.NotFound;
            if (!mayJudge(found.IsDBNull(1) ? null : found.GetString(1)))
                return JobAdding.NotAllowed;
            if (WireName.Parse<RunStatus>(found.GetString(2)) is RunStatus.Accepted or RunStatus.Running)
                return JobAdding.InProgress;
            if (found.GetInt64(3) == 0)
                return JobAdding.NotJudgeable;
            seq = found.GetInt64(0);
        }

        Insert(seq, job, StoredTime.Write(now));
        return JobAdding.Added;
    }

    /// <summary>Counts an attempt; a job that has none left is given up.</summary>
    /// <returns>What came of it, and which attempt it is.</returns>
    public (AttemptOutcome Outcome, int Attempt) Begin(Guid jobId, int maxAttempts, DateTimeOffset now)
    {
        if (Find(jobId) is not { } job)
            return (AttemptOutcome.NotFound, 0);
        if (job.State != JudgeJobState.Pending)
            return (AttemptOutcome.Finished, 0);
        if (job.Attempts >= maxAttempts)
        {
            Move(job, JudgeJobState.Dead, notBefore: null, now, WorkerLost, "The last attempt began and was never reported.");
            return (AttemptOutcome.Exhausted, 0);
        }

        _begin.Execute(job.Seq);
        return (AttemptOutcome.Begun, job.Attempts + 1);
    }

    /// <summary>Stores what came of an attempt; null without such a job.</summary>
    /// <param name="submission">The submission; its texts as the privacy level lets them be stored.</param>
    /// <param name="rubric">The rubric as <c>name@version</c>.</param>
    /// <param name="rule">How often and how soon the job is tried again.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentException">A score is about a candidate that the run does not have, or holds a number that is not finite.</exception>
    public Submission? Submit(ScoreSubmission submission, string rubric, RetryRule rule, DateTimeOffset now)
    {
        if (Find(submission.JobId) is not { } job)
            return null;
        var (stored, cost) = _scores.Put(job.Seq, job.RunSeq, submission.Scores, rubric, now);
        if (job.KeyId is { } key && cost > 0)
            _costs.AddJudging(key, KeyCostStatements.DayOf(now), cost);
        var (state, moved) = submission.Failure is { } failure ? Fail(job, submission.Attempt, failure, rule, now) : Finish(job, now);
        return new Submission(new ScoreReceipt(submission.JobId, state, stored, submission.Scores.Count - stored), moved || stored > 0);
    }

    /// <summary>Puts a dead letter back.</summary>
    public JobRetrying Retry(Guid jobId, Func<string?, bool> mayRetry, DateTimeOffset now)
    {
        if (Find(jobId) is not { } job)
            return JobRetrying.NotFound;
        if (!mayRetry(job.KeyId))
            return JobRetrying.NotAllowed;
        if (job.State != JudgeJobState.Dead)
            return JobRetrying.NotDead;
        _requeue.Execute(job.Seq, StoredTime.Write(now));
        return JobRetrying.Waiting;
    }

    /// <summary>Runs a statement that is not one of these.</summary>
    public T Beside<T>(Func<DbConnection, T> statement) => statement(connection);

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_run, _insert, _any, _find, _begin, _move, _release, _requeue])
            statement.Dispose();
        _scores.Dispose();
        _costs.Dispose();
    }

    private void Insert(object runSeq, NewJudgeJob job, long now) => _insert.Execute(
        StoredValue.Id(job.JobId), runSeq, now, job.Rubric, job.ConfigVersion, job.TraceParent ?? (object)DBNull.Value);

    /// <summary>An attempt that succeeded finishes the job, however late it comes.</summary>
    private (JudgeJobState State, bool Moved) Finish(FoundJob job, DateTimeOffset now)
    {
        if (job.State == JudgeJobState.Done)
            return (JudgeJobState.Done, false);
        Move(job, JudgeJobState.Done, notBefore: null, now, reason: null, message: null);
        return (JudgeJobState.Done, true);
    }

    /// <summary>Only the attempt that is open may fail: one that another followed, or that was reported before, changes nothing.</summary>
    private (JudgeJobState State, bool Moved) Fail(FoundJob job, int attempt, AttemptFailure failure, RetryRule rule, DateTimeOffset now)
    {
        if (job.State != JudgeJobState.Pending || !job.IsOpen || attempt != job.Attempts)
            return (job.State, false);
        if (failure.Reason == AttemptFailureReason.Released)
        {
            _release.Execute(job.Seq);
            return (JudgeJobState.Pending, true);
        }

        var isLast = failure.Reason == AttemptFailureReason.NotJudgeable || attempt >= rule.MaxAttempts;
        var state = isLast ? JudgeJobState.Dead : JudgeJobState.Pending;
        Move(job, state, isLast ? null : now + rule.After(attempt), isLast ? now : null, WireName.Of(failure.Reason), failure.Message);
        return (state, true);
    }

    private void Move(FoundJob job, JudgeJobState state, DateTimeOffset? notBefore, DateTimeOffset? finishedAt, string? reason, string? message) => _move.Execute(
        job.Seq, WireName.Of(state), (long)job.Attempts, StoredValue.ToSqlite(StoredTime.Write(notBefore)), StoredValue.ToSqlite(StoredTime.Write(finishedAt)),
        StoredValue.ToSqlite(reason), StoredValue.ToSqlite(message));

    private FoundJob? Find(Guid jobId)
    {
        using var found = _find.Query(StoredValue.Id(jobId));
        return found.Read()
            ? new FoundJob(
                found.GetInt64(0), found.GetInt64(1), found.IsDBNull(2) ? null : found.GetString(2), WireName.Parse<JudgeJobState>(found.GetString(3)),
                Convert.ToInt32(found.GetInt64(4), CultureInfo.InvariantCulture), found.GetInt64(5) != 0)
            : null;
    }

    private sealed record FoundJob(long Seq, long RunSeq, string? KeyId, JudgeJobState State, int Attempts, bool IsOpen);
}
