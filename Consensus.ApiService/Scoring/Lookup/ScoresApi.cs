using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>Looks up scores. A key sees those of its own runs.</summary>
internal static class ScoresApi
{
    public static void MapScores(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Scoring").RequireAuthorization(Scopes.Read).AddEndpointFilter(RunsApi.RequireRunLogAsync);

        routes.MapGet("/scores", ListAsync)
            .WithName("listScores").WithSummary("List scores by judges, newest first")
            .WithDescription("Lists single scores, unscored ones with their reason, a page at a time. A key sees those of its own runs, `admin` all.")
            .Takes([Parameters.Id("run", "Only scores of this run."), .. ScoreParameters.OfScores, .. Parameters.Page])
            .Answers<Page<StoredScore>>(200, "A page of scores.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/scores/models", ListModelsAsync)
            .WithName("listModelScores").WithSummary("What judges made of each model")
            .WithDescription("Makes figures of each model from the scores of the newest judged runs. A key sees those of its own runs, `admin` all.")
            .Takes([Parameters.Id("run", "Only scores of this run."), .. ScoreParameters.OfModels])
            .Answers<ModelScoreList>(200, "The models, with intervals.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/runs/{id}/scores", FindAsync)
            .WithName("getRunScores").WithSummary("What judges made of a run")
            .WithDescription(
                "Reads the scores of one run's newest finished judge job, or of the one that is named, with what the panel of judges makes of each "
                + "candidate.")
            .Takes([Parameters.RunId, .. ScoreParameters.OfScores])
            .Answers<RunScores>(200, "The run's scores.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.RunNotFound, ErrorCatalog.JobNotFound, ErrorCatalog.NotAcceptable]);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RunLog log)
    {
        var violations = new Violations();
        var filter = ScoreFilterReader.Read(http.Request.Query, ScoreFilterReader.OfListing, violations) with { KeyId = Caller.Of(http).Owner };
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await log.ListScoresAsync(filter, http.RequestAborted), WireJson.Default.PageStoredScore);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }

    private static async Task<IResult> ListModelsAsync(HttpContext http, ModelScoring models)
    {
        var violations = new Violations();
        var filter = ScoreFilterReader.Read(http.Request.Query, ScoreFilterReader.OfModels, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        var judged = new JudgedFilter
        {
            RunId = filter.RunId,
            JobId = filter.JobId,
            Model = filter.Model,
            Rubric = filter.Rubric?.Split('@')[0],
            From = filter.From,
            To = filter.To,
            KeyId = Caller.Of(http).Owner,
        };
        var version = filter.Rubric?.Contains('@', StringComparison.Ordinal) == true ? filter.Rubric : null;
        return TypedResults.Json(await models.ListAsync(judged, version, filter.Judge, http.RequestAborted), WireJson.Default.ModelScoreList);
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, RunLog log, RunScoring scoring)
    {
        var violations = new Violations();
        var filter = ScoreFilterReader.Read(http.Request.Query, ScoreFilterReader.OfRun, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        if (!Guid.TryParseExact(id, "D", out var runId) || await log.FindAsync(runId, Caller.Of(http).Owner, http.RequestAborted) is not { } run)
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        return await scoring.FindAsync(run, filter, http.RequestAborted) is { } scores
            ? TypedResults.Json(scores, WireJson.Default.RunScores)
            : new Problem(ErrorCatalog.JobNotFound);
    }
}
