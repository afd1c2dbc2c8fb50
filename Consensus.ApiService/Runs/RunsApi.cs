using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Labels;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Scoring.Lookup;
using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>Looks up and erases stored runs. A key sees its own.</summary>
internal static class RunsApi
{
    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Runs").AddEndpointFilter(RequireRunLogAsync);

        routes.MapGet("/runs", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("ListRuns").WithSummary("List runs, newest first").DescribeQuery(RunFilterReader.Names)
            .Produces<Page<RunSummary>>().ProducesProblems(400, 406, 409, 503);

        routes.MapGet("/runs/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("FindRun").WithSummary("Look up a run with its request and every candidate")
            .Produces<ConsensusResponse>().ProducesProblems(404, 406, 409, 503);

        routes.MapDelete("/runs/{id}", DeleteAsync).RequireAuthorization(Scopes.Run)
            .WithName("DeleteRun").WithSummary("Erase a run and everything that belongs to it")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems(404, 409, 503);
        routes.MapLabels();
        return app;
    }

    private static async Task<IResult> ListAsync(HttpContext http, RunLog log)
    {
        var violations = new Reading.Violations();
        var filter = RunFilterReader.Read(http.Request.Query, violations) with { KeyId = Caller.Of(http).Owner };
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await log.ListAsync(filter, http.RequestAborted), WireJson.Default.PageRunSummary);
        }
        catch (InvalidCursorException)
        {
            return new Problem(ErrorCatalog.ValidationFailed, "1 violation.") { Errors = [WrongCursor()] };
        }
    }

    public static FieldError WrongCursor() => new(
        "cursor", FieldCodes.InvalidCursor.Code, "The cursor was not issued by this listing, or for other filters.", Reading.Allowed.Words("the `next` of an earlier page, with the same filters"));

    private static async Task<IResult> FindAsync(string id, HttpContext http, RunLog log, RunScoring scoring, LiveRuns live)
    {
        if (!Guid.TryParseExact(id, "D", out var runId) || await log.FindAsync(runId, Caller.Of(http).Owner, http.RequestAborted) is not { } run)
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        // What is stored of a run that is going is its beginning: how far it is, is known here.
        run = run.Status is RunStatus.Accepted or RunStatus.Running ? run with { Progress = live.Find(runId)?.Now.Progress } : run;
        return TypedResults.Json(await scoring.SummarizeAsync(run, http.RequestAborted), WireJson.Default.ConsensusResponse);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, RunLog log)
    {
        if (!Guid.TryParseExact(id, "D", out var runId))
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        var caller = Caller.Of(http);
        return await log.DeleteAsync(runId, caller.MayErase, CancellationToken.None) switch
        {
            Erasure.Erased => TypedResults.NoContent(),
            Erasure.InProgress => new Problem(ErrorCatalog.RunInProgress),
            Erasure.Held => new Problem(ErrorCatalog.RunHeld),
            // What a caller may not see is not there for them.
            Erasure.NotAllowed when caller.SeesAll => new Problem(ErrorCatalog.Forbidden, $"The run belongs to a key: it takes that key, or the scope {Scopes.Admin}, to erase it."),
            _ => new Problem(ErrorCatalog.RunNotFound),
        };
    }

    public static async ValueTask<object?> RequireRunLogAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<RunLog>().IsEnabled)
        {
            return new Problem(ErrorCatalog.RunLogDisabled);
        }

        return HttpMethods.IsGet(http.Request.Method) && !Accepts.Json(http.Request) ? new Problem(ErrorCatalog.NotAcceptable) : await next(context);
    }
}
