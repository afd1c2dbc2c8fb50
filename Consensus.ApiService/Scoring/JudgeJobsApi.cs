using Consensus.ApiService.Admission;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Scoring.Dispatching;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Scoring;

/// <summary>Judge jobs: making one for a stored run, looking them up, and putting a dead letter back. A key sees those of its own runs.</summary>
internal static class JudgeJobsApi
{
    public static void MapJudgeJobs(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/scoring/jobs").WithTags("Scoring").AddEndpointFilter(RunsApi.RequireRunLogAsync);

        routes.MapPost("", AddAsync).RequireAuthorization(Scopes.Run)
            .WithName("judgeRun").WithSummary("Have a stored run judged, also once more")
            .WithDescription(
                "Makes a judge job for the run, by the scoring configuration in force, with its rubric or the one that is named. Every request makes "
                + "a job of its own. It takes the run's own key, or `admin`.")
            .Reads<JudgeJobRequest>("Which run, and by which rubric.")
            .Answers<JudgeJob>(202, "The job, which waits for a worker.", ResponseHeaders.Location)
            .Refuses(
                [
                    .. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.ContentNotStored, ErrorCatalog.RunNotFound, ErrorCatalog.JobNotFound, ErrorCatalog.RunInProgress, ErrorCatalog.RunNotJudgeable,
                    ErrorCatalog.NoJudges, ErrorCatalog.BudgetExhausted, ErrorCatalog.NotAcceptable,
                ]);

        routes.MapGet("", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("listJudgeJobs").WithSummary("List judge jobs, newest first")
            .WithDescription("Lists judge jobs, dead letters included, a page at a time. A key sees those of its own runs, `admin` all.")
            .Takes(
                [
                    Parameters.OneOf<JudgeJobState>("state", "Only jobs in this state; `dead` are the dead letters."),
                    Parameters.Id("run", "Only jobs of this run."),
                    .. Parameters.Page,
                ])
            .Answers<Page<JudgeJob>>(200, "A page of jobs.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getJudgeJob").WithSummary("Look up a judge job")
            .WithDescription("Reads one judge job: where it is, how often it was tried, and why the last attempt failed.")
            .Takes(Parameters.JobId)
            .Answers<JudgeJob>(200, "The job.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.JobNotFound, ErrorCatalog.NotAcceptable]);

        routes.MapPost("/{id}/retry", RetryAsync).RequireAuthorization(Scopes.Run)
            .WithName("retryJudgeJob").WithSummary("Put a dead letter back, with no attempt counted")
            .WithDescription(
                "Lets workers try a job again that was given up. It takes the run's own key, or `admin`. Asked again, the job is no dead letter any "
                + "more: 409 `job_not_dead`.")
            .Takes(Parameters.JobId)
            .Answers<JudgeJob>(202, "The job, which waits for a worker again.", ResponseHeaders.Location)
            .Refuses([.. Refusals.OfStore, ErrorCatalog.JobNotFound, ErrorCatalog.JobNotDead, ErrorCatalog.NotAcceptable]);
    }

    private static async Task<IResult> AddAsync(
        HttpContext http, RunLog log, ScoringConfigs configs, DispatchSignal signal, RunAdmission admission, IOptions<RunLogOptions> options, TimeProvider time)
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
        var config = configs.Current();
        if (JudgeJobReader.Request(body.Value, config?.Config, violations) is not { } asked)
        {
            return Problem.Of(violations);
        }

        if (options.Value.Content == RunContent.None)
        {
            return new Problem(ErrorCatalog.ContentNotStored);
        }

        if (config is not { Config.Judges.Count: > 0 })
        {
            return new Problem(ErrorCatalog.NoJudges);
        }

        var caller = Caller.Of(http);
        if (await admission.FindJudgingRefusalAsync(caller.KeyId) is { } spent)
        {
            return spent;
        }

        var job = new NewJudgeJob(Guid.CreateVersion7(time.GetUtcNow()), asked.Rubric ?? config.Config.Rubric, config.Version, JudgeTrace.Parent());
        return await log.AddJudgeJobAsync(asked.RunId, job, caller.MayErase, CancellationToken.None) switch
        {
            JobAdding.Added => await AcceptedAsync(job.JobId, http, log, signal),
            JobAdding.InProgress => new Problem(ErrorCatalog.RunInProgress),
            JobAdding.NotJudgeable => new Problem(ErrorCatalog.RunNotJudgeable),
            // What a caller may not see is not there for them.
            JobAdding.NotAllowed when caller.SeesAll => new Problem(
                ErrorCatalog.Forbidden, $"The run belongs to a key: it takes that key, or the scope {Scopes.Admin}, to have it judged."),
            _ => new Problem(ErrorCatalog.RunNotFound),
        };
    }

    private static async Task<IResult> ListAsync(HttpContext http, RunLog log)
    {
        var violations = new Violations();
        var filter = JudgeJobReader.Filter(http.Request.Query, violations) with { KeyId = Caller.Of(http).Owner };
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await log.ListJudgeJobsAsync(filter, http.RequestAborted), WireJson.Default.PageJudgeJob);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, RunLog log) =>
        Guid.TryParseExact(id, "D", out var jobId) && await log.FindJudgeJobAsync(jobId, Caller.Of(http).Owner, http.RequestAborted) is { } job
            ? TypedResults.Json(job, WireJson.Default.JudgeJob)
            : new Problem(ErrorCatalog.JobNotFound);

    private static async Task<IResult> RetryAsync(string id, HttpContext http, RunLog log, DispatchSignal signal)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        if (!Guid.TryParseExact(id, "D", out var jobId))
        {
            return new Problem(ErrorCatalog.JobNotFound);
        }

        var caller = Caller.Of(http);
        return await log.RetryJudgeJobAsync(jobId, caller.MayErase, CancellationToken.None) switch
        {
            JobRetrying.Waiting => await AcceptedAsync(jobId, http, log, signal),
            JobRetrying.NotDead => new Problem(ErrorCatalog.JobNotDead),
            JobRetrying.NotAllowed when caller.SeesAll => new Problem(
                ErrorCatalog.Forbidden, $"The run belongs to a key: it takes that key, or the scope {Scopes.Admin}, to have it judged."),
            _ => new Problem(ErrorCatalog.JobNotFound),
        };
    }

    private static async Task<IResult> AcceptedAsync(Guid jobId, HttpContext http, RunLog log, DispatchSignal signal)
    {
        signal.Ring();
        if (await log.FindJudgeJobAsync(jobId, keyId: null, http.RequestAborted) is not { } job)
        {
            // Its run was erased in between.
            return new Problem(ErrorCatalog.JobNotFound);
        }

        http.Response.Headers.Location = $"/v1/scoring/jobs/{jobId:D}";
        return TypedResults.Json(job, WireJson.Default.JudgeJob, statusCode: StatusCodes.Status202Accepted);
    }
}
