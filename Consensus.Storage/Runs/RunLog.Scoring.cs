using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Scoring;

namespace Consensus.Storage.Runs;

/// <summary>Judging after the fact: jobs and scores.</summary>
public sealed partial class RunLog
{
    /// <summary>Makes a judge job for a finished run, also one more.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="job">The job.</param>
    /// <param name="mayJudge">Whether the caller may have a run of that key judged (<c>null</c>: of no key).</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<JobAdding> AddJudgeJobAsync(Guid runId, NewJudgeJob job, Func<string?, bool> mayJudge, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(statements => statements.Scoring.Add(runId, job, mayJudge, now), cancellationToken);
    }

    /// <summary>Begins an attempt, which counts from then on. A job whose attempts are used up becomes a dead letter instead.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="maxAttempts">After so many attempts a job is a dead letter.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written or read.</exception>
    public async Task<AttemptBeginning> BeginAttemptAsync(Guid jobId, int maxAttempts, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        var (outcome, attempt) = await _writer.WriteAsync(statements => statements.Scoring.Begin(jobId, maxAttempts, now), cancellationToken);
        if (outcome != AttemptOutcome.Begun)
            return new AttemptBeginning(outcome, null);

        // Not in the same transaction: the run is finished and does not change, and if it is erased meanwhile its job is gone with it.
        var job = await FindJudgeJobAsync(jobId, keyId: null, cancellationToken);
        return job is not null && await FindAsync(job.RunId, keyId: null, cancellationToken) is { } run
            ? new AttemptBeginning(outcome, JudgeWorks.Of(job, attempt, run))
            : new AttemptBeginning(AttemptOutcome.NotFound, null);
    }

    /// <summary>Stores what came of an attempt, in one transaction: each score once, and where the job is now. Null without such a job.</summary>
    /// <param name="submission">The submission; its texts are content, and stored as the privacy level lets them.</param>
    /// <param name="rubric">The rubric as <c>name@version</c>.</param>
    /// <param name="rule">How often and how soon the job is tried again.</param>
    /// <param name="by">The caller that submits; <c>null</c> without a key.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">A score is about a candidate that the run does not have, or holds a number that is not finite.</exception>
    public Task<Submission?> SubmitScoresAsync(ScoreSubmission submission, string rubric, RetryRule rule, string? by, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        var stored = submission with
        {
            Scores = [.. submission.Scores.Select(score => score with { Rationale = Filtered(score.Rationale), Claim = Filtered(score.Claim) })],
            Failure = submission.Failure is { } failure ? failure with { Message = Filtered(failure.Message) ?? "" } : null,
        };
        return _writer.WriteAsync(
            statements =>
            {
                var submitted = statements.Scoring.Submit(stored, rubric, rule, now);
                if (submitted is { Changed: true })
                    statements.Audit.Scored(stored, submitted.Receipt, by, now);
                return submitted;
            },
            cancellationToken);
    }

    /// <summary>Puts a dead letter back, with no attempt counted.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="mayRetry">Whether the caller may do so for a run of that key (<c>null</c>: of no key).</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<JobRetrying> RetryJudgeJobAsync(Guid jobId, Func<string?, bool> mayRetry, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(statements => statements.Scoring.Retry(jobId, mayRetry, now), cancellationToken);
    }

    /// <summary>Finds a judge job; with <paramref name="keyId"/> only if its run belongs to that key.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<JudgeJob?> FindJudgeJobAsync(Guid jobId, string? keyId, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => ScoringReader.Find(connection, jobId, keyId)), cancellationToken);

    /// <summary>Lists judge jobs, newest first, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<JudgeJob>> ListJudgeJobsAsync(JudgeJobFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => ScoringReader.List(connection, filter)), cancellationToken);

    /// <summary>How the judge jobs stand.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<JudgeJobCounts> CountJudgeJobsAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(ScoringReader.Count), cancellationToken);

    /// <summary>Lists scores, newest first, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<StoredScore>> ListScoresAsync(ScoreFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => ScoringReader.List(connection, filter)), cancellationToken);

    /// <summary>A job of a run with all of its scores; null without one.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="jobId">The job; <c>null</c>: the newest that is done.</param>
    /// <param name="rubric">Without a job: only by the rubric of this name; <c>null</c>: whichever.</param>
    /// <param name="keyId">Only if the run belongs to this key; <c>null</c>: whosever it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<JobScores?> FindJobScoresAsync(Guid runId, Guid? jobId, string? rubric, string? keyId, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => ScoringReader.FindScores(connection, runId, jobId, rubric, keyId)), cancellationToken);

    /// <summary>Lists jobs that are done, newest first, of each run the newest that fits.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<IReadOnlyList<JudgedJob>> ListJudgedAsync(JudgedFilter filter, int most, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => ScoringReader.ListJudged(connection, filter, most)), cancellationToken);

    /// <summary>The rubric scores of some jobs, without their texts; one list per job, empty when it was erased meanwhile.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="judge">Only by this judge; <c>null</c>: by all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<IReadOnlyList<IReadOnlyList<StoredScore>>> ReadJudgedAsync(IReadOnlyList<JudgedJob> jobs, string? judge, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.Read(connection => ScoringReader.ReadJudged(connection, jobs, judge)), cancellationToken);

    /// <summary>A judge's words about a run are its content, however the run came about.</summary>
    private string? Filtered(string? text) => _filter.Apply(FieldClass.Content, text, RunKind.Consensus) as string;
}
