using System.Diagnostics;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Scoring;
using Consensus.Scoring.Telemetry;
using Consensus.Scoring.Workers;
using Microsoft.Extensions.Options;
using Polly;

namespace Consensus.Scoring.Judging;

/// <summary>Judges the candidates of a job; a judge that fails is a score without a value, not an exception.</summary>
internal delegate Task<IReadOnlyList<Score>> JudgeRun(JudgeWork work, ScoringConfig config, CancellationToken cancellationToken);

/// <summary>One job from its first question to the API to the stored scores. While the API is away it waits and tries again.</summary>
/// <param name="api">The API.</param>
/// <param name="configs">The configurations.</param>
/// <param name="judge">The judges.</param>
/// <param name="patience">Tries what the API may take later, until cancelled.</param>
/// <param name="options">Who this worker is.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failed attempts go.</param>
internal sealed partial class JobRunner(
    ConsensusClient api, ConfigCache configs, JudgeRun judge, ApiPatience patience, IOptions<WorkerOptions> options, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>How long the API has to hear that a job is given back.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <param name="message">The job.</param>
    /// <param name="hurry">Cancelled when the worker can wait no longer: the job is then given back.</param>
    public async Task<JobEnd> RunAsync(JudgeMessage message, CancellationToken hurry)
    {
        using var active = ScoringMetrics.Begin();
        JudgeWork work;
        try
        {
            work = await patience.AskAsync(cancel => api.BeginJudgeJobAsync(message.JobId, options.Value.Id, cancel), hurry);
        }
        catch (ConsensusApiException gone) when (gone.Code == ErrorCatalog.JobNotFound.Code || gone.Code == ErrorCatalog.JobFinished.Code)
        {
            return JobEnd.Dropped;
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            return JobEnd.Returned;
        }

        ScoreSubmission submission;
        try
        {
            submission = await AttemptAsync(work, hurry);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            await ReleaseAsync(work);
            return JobEnd.Returned;
        }

        return await SubmitAsync(submission, hurry);
    }

    private async Task<ScoreSubmission> AttemptAsync(JudgeWork work, CancellationToken hurry)
    {
        try
        {
            var config = await patience.AskAsync(cancel => configs.GetAsync(work.ConfigVersion, cancel), hurry);
            return WhyNotJudgeable(work, config) is { } reason ? Failed(work, AttemptFailureReason.NotJudgeable, reason) : await JudgeAsync(work, config, hurry);
        }
        catch (ConsensusApiException refused) when (refused.Code == ErrorCatalog.ScoringConfigNotFound.Code)
        {
            return Failed(work, AttemptFailureReason.NotJudgeable, $"The API does not know the scoring configuration {work.ConfigVersion}.");
        }
        catch (Exception fault) when (!hurry.IsCancellationRequested)
        {
            // Type and stack only: the message of a foreign exception may quote content.
            LogFault(work.JobId, fault.GetType().FullName!, new StackTrace(fault).ToString());
            return Failed(work, AttemptFailureReason.Internal, $"A fault of the worker ({fault.GetType().Name}); its log has the details.");
        }
    }

    private async Task<ScoreSubmission> JudgeAsync(JudgeWork work, ScoringConfig config, CancellationToken hurry)
    {
        var limit = TimeSpan.FromSeconds(config.Jobs.TimeoutSeconds);
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(hurry, late.Token);
        var started = time.GetTimestamp();
        IReadOnlyList<Score> scores;
        try
        {
            scores = await judge(work, config, stop.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !hurry.IsCancellationRequested)
        {
            scores = [];
        }

        // Grades that were cut by the stop are no grades; those that came are judged again elsewhere.
        hurry.ThrowIfCancellationRequested();
        ScoringMetrics.Judged(time.GetElapsedTime(started), scores);
        var submission = new ScoreSubmission { JobId = work.JobId, Attempt = work.Attempt, Scores = scores };
        return late.IsCancellationRequested
            ? submission with { Failure = new AttemptFailure(AttemptFailureReason.Timeout, $"Judging took longer than {limit.TotalSeconds:0} s.") }
            : submission with { Failure = PassingTrouble.Of(scores) };
    }

    private async Task<JobEnd> SubmitAsync(ScoreSubmission submission, CancellationToken hurry)
    {
        try
        {
            await patience.AskAsync(cancel => api.SubmitScoresAsync(submission, cancel), hurry);
            if (submission.Failure is { } failure)
            {
                LogFailed(submission.JobId, submission.Attempt, failure.Reason, failure.Message);
                return JobEnd.Failed;
            }

            return JobEnd.Done;
        }
        catch (ConsensusApiException gone) when (gone.Code == ErrorCatalog.JobNotFound.Code)
        {
            return JobEnd.Dropped;
        }
        catch (ConsensusApiException refused) when (submission.Scores.Count > 0)
        {
            LogRefused(submission.JobId, refused.Message);
            return await SubmitAsync(
                submission with { Scores = [], Failure = new AttemptFailure(AttemptFailureReason.Internal, $"The API refused the scores ({refused.Code}).") }, hurry);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            return JobEnd.Returned;
        }
    }

    /// <summary>Tells the API that the attempt does not count. Best effort: an attempt that is not given back costs one of several.</summary>
    private async Task ReleaseAsync(JudgeWork work)
    {
        using var soon = new CancellationTokenSource(Farewell, time);
        try
        {
            await api.SubmitScoresAsync(Failed(work, AttemptFailureReason.Released, "The worker stops."), soon.Token);
        }
        catch (Exception away) when (away is ConsensusApiException or OperationCanceledException)
        {
            LogNotReleased(work.JobId);
        }
    }

    private static string? WhyNotJudgeable(JudgeWork work, ScoringConfig config) => work switch
    {
        _ when config.SchemaVersion != ScoringConfig.CurrentSchemaVersion => $"This worker does not know the configuration's schema version {config.SchemaVersion}.",
        _ when config.Judges.Count == 0 => "The configuration names no judge.",
        _ when config.Rubrics.All(rubric => rubric.Name != work.Rubric) => "The configuration has no such rubric.",
        { Candidates.Count: 0 } => "No candidate has a text.",
        _ => null,
    };

    private static ScoreSubmission Failed(JudgeWork work, AttemptFailureReason reason, string message) =>
        new() { JobId = work.JobId, Attempt = work.Attempt, Failure = new AttemptFailure(reason, message) };

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} at job {JobId} failed: {Reason}. {Explanation}")]
    private partial void LogFailed(Guid jobId, int attempt, AttemptFailureReason reason, string explanation);

    [LoggerMessage(LogLevel.Error, "The scores of job {JobId} were refused: {Explanation}")]
    private partial void LogRefused(Guid jobId, string explanation);

    [LoggerMessage(LogLevel.Error, "Judging job {JobId} failed inside this worker with {ExceptionType} at {Stack}")]
    private partial void LogFault(Guid jobId, string exceptionType, string stack);

    [LoggerMessage(LogLevel.Warning, "The API could not be told that job {JobId} is given back; the attempt counts")]
    private partial void LogNotReleased(Guid jobId);
}
