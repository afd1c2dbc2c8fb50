using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Evidence;
using Consensus.ApiService.Http;
using Consensus.ApiService.Labels;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Runs.Live.Elsewhere;
using Consensus.ApiService.Scoring.Lookup;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>Looks up and erases stored runs. A key sees its own.</summary>
internal static class RunsApi
{
    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Runs").AddEndpointFilter(RequireRunLogAsync);

        routes.MapGet("/runs", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("listRuns").WithSummary("List runs, newest first")
            .WithDescription(
                "Lists stored runs in short, a page at a time; `next` is the cursor of the page that follows. A key sees its own runs, `admin` those "
                + "of all keys. Runs in the archive are listed with the others where nothing but a range of time is asked; with other filters a range that has "
                + "archived runs is refused.")
            .Takes(
                [
                    .. Parameters.Span("runs that were taken in"),
                    Parameters.OneOf<Outcome>("outcome", "Only runs that came to this."),
                    Parameters.OneOf<RunStatus>("status", "Only runs that are at this point of their life."),
                    Parameters.Text("strategy", Limits.LabelCharacters, "Only runs that were decided by this strategy."),
                    Parameters.Text("model", Limits.ModelCharacters, "Only runs that asked this model."),
                    Parameters.Text("tag", Limits.LabelCharacters, "Only runs with this tag."),
                    Parameters.Flag("hasScore", "Only runs that judges have graded, or only those that they have not."),
                    .. Parameters.Page,
                ])
            .Answers<Page<RunSummary>>(200, "A page of runs.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.ArchivedRange, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/runs/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getRun").WithSummary("Look up a run with its request and every candidate")
            .WithDescription(
                "Reads one run as it is stored. While it goes, `progress` says how far it is, where its events are kept; once it is judged, "
                + "`scores` has that in short.")
            .Takes(Parameters.RunId)
            .Answers<ConsensusResponse>(200, "The run.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.RunNotFound, ErrorCatalog.NotAcceptable]);

        routes.MapDelete("/runs/{id}", DeleteAsync).RequireAuthorization(Scopes.Run)
            .WithName("deleteRun").WithSummary("Erase a run and everything that belongs to it")
            .WithDescription(
                "Erases the run, its candidates, scores, judge jobs and label, for ever. It takes the run's own key, or `admin`. An "
                + "`Idempotency-Key` that began the run answers 410 from then on. Asked again, there is no run any more: 404.")
            .Takes(Parameters.RunId)
            .Answers(204, "The run is erased.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.RunNotFound, ErrorCatalog.RunInProgress, ErrorCatalog.RunHeld]);
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
        catch (ArchivedRangeException fault)
        {
            return new Problem(
                ErrorCatalog.ArchivedRange,
                $"The newest archived run of this range was created at {fault.Newest:O}: set `from` later, or take the archived runs with `consensus export`.");
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

        // What is stored of a run that is going is its beginning: how far it is, the process knows that conducts it.
        run = run.Status is RunStatus.Accepted or RunStatus.Running ? run with { Progress = await ProgressAsync(runId, live, http) } : run;
        return TypedResults.Json(await scoring.SummarizeAsync(run with { Provenance = null }, http.RequestAborted), WireJson.Default.ConsensusResponse);
    }

    private static async Task<ClustersSoFar?> ProgressAsync(Guid runId, LiveRuns live, HttpContext http)
    {
        if (live.Find(runId) is { } here)
        {
            return here.Now.Progress;
        }

        return http.RequestServices.GetService<RunsElsewhere>() is { } elsewhere ? await elsewhere.FindProgressAsync(runId, http.RequestAborted) : null;
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, RunLog log, EvidenceRecords evidence)
    {
        if (!Guid.TryParseExact(id, "D", out var runId))
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        var caller = Caller.Of(http);
        var erasure = await log.DeleteAsync(runId, caller.MayErase, caller.KeyId, CancellationToken.None);
        if (erasure == Erasure.Erased)
        {
            await evidence.DeleteOfRunAsync(runId);
            return TypedResults.NoContent();
        }

        return erasure switch
        {
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
