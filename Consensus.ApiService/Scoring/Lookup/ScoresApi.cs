using Consensus.ApiService.Auth;
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
            .WithName("ListScores").WithSummary("List scores, newest first").DescribeQuery(ScoreFilterReader.OfListing)
            .Produces<Page<StoredScore>>().ProducesProblems(400, 406, 409, 503);

        routes.MapGet("/scores/models", ListModelsAsync)
            .WithName("ListModelScores").WithSummary("What judges made of each model").DescribeQuery(ScoreFilterReader.OfModels)
            .Produces<ModelScoreList>().ProducesProblems(400, 406, 409, 503);

        routes.MapGet("/runs/{id}/scores", FindAsync)
            .WithName("FindRunScores").WithSummary("What judges made of a run").DescribeQuery(ScoreFilterReader.OfRun)
            .Produces<RunScores>().ProducesProblems(400, 404, 406, 409, 503);
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
