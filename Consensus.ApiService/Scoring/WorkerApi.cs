using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Gates;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Scoring;

/// <summary>What a judge worker does over the API: begin an attempt at a job, and bring what came of it.</summary>
internal static partial class WorkerApi
{
    public static void MapWorker(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Scoring").RequireAuthorization(Scopes.Worker).AddEndpointFilter(RunsApi.RequireRunLogAsync);

        routes.MapPost("/scoring/jobs/{id}/attempts", BeginAsync)
            .WithName("beginJudgeJob").WithSummary("Begin an attempt at a judge job")
            .WithDescription(
                "Counts an attempt from now on and tells what is to be judged. A job whose attempts are used up becomes a dead letter instead: 409 "
                + "`job_finished`. Every request is an attempt of its own.")
            .Takes(Parameters.JobId)
            .Reads<JudgeAttemptRequest>("Who begins.")
            .Answers<JudgeWork>(200, "What is to be judged.")
            .Refuses([.. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.JobNotFound, ErrorCatalog.JobFinished, ErrorCatalog.NotAcceptable]);

        routes.MapPost("/scores", SubmitAsync)
            .WithName("submitScores").WithSummary("Bring what came of an attempt")
            .WithDescription(
                "Stores the scores all or none, each once, and says where the job is. The same again changes nothing: 200. A score replaces one that "
                + "could not be had, never the reverse.")
            .Reads<ScoreSubmission>("The grades, unscored ones with their reason, and why the attempt failed if it did.")
            .Answers<ScoreReceipt>(201, "Something is stored that was not there before, or the job has another state.")
            .Answers<ScoreReceipt>(200, "Nothing changed by it: all of it was there.")
            .Refuses([.. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.JobNotFound, ErrorCatalog.NotAcceptable]);
    }

    private static async Task<IResult> BeginAsync(
        string id, HttpContext http, RunLog log, ScoringConfigs configs, PolicyHolder policies, ILogger<ScoringConfigs> logger)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        var worker = JudgeJobReader.Worker(body.Value, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        if (!Guid.TryParseExact(id, "D", out var jobId) || await log.FindJudgeJobAsync(jobId, keyId: null, http.RequestAborted) is not { } job)
        {
            return new Problem(ErrorCatalog.JobNotFound);
        }

        // Not cancelled with its caller: an attempt that was counted without being told is one that its worker lost.
        var begun = await log.BeginAttemptAsync(jobId, (await LimitsOfAsync(job, configs, http.RequestAborted)).MaxAttempts, CancellationToken.None);
        if (begun.Work is { } work)
        {
            LogBegun(logger, worker!, work.Attempt, jobId);
            return TypedResults.Json(PolicyGate.Sent(work, policies.Current), WireJson.Default.JudgeWork);
        }

        if (begun.Outcome == AttemptOutcome.Exhausted)
        {
            DispatchMetrics.Ended(JudgeJobState.Dead, job.Attempts);
        }

        return new Problem(begun.Outcome == AttemptOutcome.NotFound ? ErrorCatalog.JobNotFound : ErrorCatalog.JobFinished);
    }

    private static async Task<IResult> SubmitAsync(HttpContext http, RunLog log, ScoringConfigs configs, IOptions<JudgeJobOptions> options)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.ScoresBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        var reading = ScoreSubmissionReader.Read(body.Value, violations);
        if (reading is null)
        {
            return Problem.Of(violations);
        }

        if (await log.FindJudgeJobAsync(reading.Submission.JobId, keyId: null, http.RequestAborted) is not { } job
            || await log.FindAsync(job.RunId, keyId: null, http.RequestAborted) is not { } run)
        {
            return violations.None ? new Problem(ErrorCatalog.JobNotFound) : Problem.Of(violations);
        }

        var config = (await configs.FindAsync(job.ConfigVersion, http.RequestAborted))?.Config;
        var rubric = config?.Rubrics.FirstOrDefault(r => r.Name == job.Rubric);
        new ScoreCheck(run, config, rubric, violations).Check(reading);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        // Not cancelled with its caller: who is told nothing brings the same again, and finds it stored.
        var name = rubric is null ? job.Rubric : $"{rubric.Name}@{rubric.Version}";
        var rule = options.Value.Rule(config?.Jobs ?? new JudgeJobLimits());
        if (await log.SubmitScoresAsync(reading.Submission, name, rule, Caller.Of(http).KeyId, CancellationToken.None) is not { } submitted)
        {
            return new Problem(ErrorCatalog.JobNotFound);
        }

        if (submitted.Receipt.State != job.State)
        {
            DispatchMetrics.Ended(submitted.Receipt.State, reading.Submission.Attempt);
        }

        return TypedResults.Json(submitted.Receipt, WireJson.Default.ScoreReceipt, statusCode: submitted.Changed ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<JudgeJobLimits> LimitsOfAsync(JudgeJob job, ScoringConfigs configs, CancellationToken cancellationToken) =>
        (await configs.FindAsync(job.ConfigVersion, cancellationToken))?.Config.Jobs ?? new JudgeJobLimits();

    [LoggerMessage(LogLevel.Information, "Worker {Worker} begins attempt {Attempt} at judge job {JobId}")]
    private static partial void LogBegun(ILogger logger, string worker, int attempt, Guid jobId);
}
