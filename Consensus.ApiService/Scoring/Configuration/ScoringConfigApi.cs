using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>How stored runs are judged: one document, read whole and replaced whole.</summary>
internal static class ScoringConfigApi
{
    private static readonly string[] Names = ["limit", "cursor"];

    public static IEndpointRouteBuilder MapScoringConfig(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/v1/scoring/config").WithTags("Scoring");

        routes.MapGet("", (HttpContext http, ScoringConfigHolder holder) => Answer(http, holder.Current)).RequireAuthorization(Policies.RunReadOrWorker)
            .WithName("GetScoringConfig").WithSummary("The scoring configuration in force")
            .Produces<VersionedScoringConfig>().Produces(StatusCodes.Status304NotModified).ProducesProblems(406);

        routes.MapPut("", PutAsync).RequireAuthorization(Scopes.Admin)
            .WithName("PutScoringConfig").WithSummary("Put a scoring configuration in force")
            .WithDescription("Refused whole when anything in it is wrong. With `If-Match` only in place of that version. Jobs that were made keep the configuration that they name.")
            .Accepts<ScoringConfig>("application/json").Produces<ScoringConfigReceipt>()
            .ProducesProblems(400, 406, 412, 413, 415, 503);

        routes.MapGet("/{version}", FindAsync).RequireAuthorization(Policies.RunReadOrWorker)
            .WithName("FindScoringConfig").WithSummary("A scoring configuration that is or was in force")
            .Produces<VersionedScoringConfig>().Produces(StatusCodes.Status304NotModified).ProducesProblems(404, 406, 503);

        routes.MapGet("/history", ListAsync).RequireAuthorization(Scopes.Read).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("ListScoringConfigs").WithSummary("List the scoring configurations that came in force, newest first").DescribeQuery(Names)
            .Produces<Page<ScoringConfigChange>>().ProducesProblems(400, 406, 409, 503);

        routes.MapGet("/schema", (HttpContext http) => Accepts.Json(http.Request)
                ? TypedResults.Bytes(Documents.PublishedSchema.ScoringConfig, "application/json")
                : (IResult)new Problem(ErrorCatalog.NotAcceptable))
            .RequireAuthorization(Policies.RunReadOrWorker)
            .WithName("GetScoringConfigSchema").WithSummary("The JSON schema of scoring configurations")
            .Produces(StatusCodes.Status200OK, contentType: "application/json").ProducesProblems(406);
        return app;
    }

    private static IResult Answer(HttpContext http, VersionedScoringConfig state)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        EntityTag.Set(http.Response, state.Version);
        return EntityTag.IsKnown(http.Request, state.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(state, WireJson.Default.VersionedScoringConfig);
    }

    private static async Task<IResult> FindAsync(string version, HttpContext http, ScoringConfigLookup lookup) =>
        await lookup.FindAsync(version, http.RequestAborted) is { } state ? Answer(http, state) : new Problem(ErrorCatalog.ScoringConfigNotFound);

    private static async Task<IResult> PutAsync(HttpContext http, ScoringConfigRegister register)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.ScoringConfigBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var putting = await register.PutAsync(body.Value, Caller.Of(http).KeyId, version => EntityTag.MayReplace(http.Request, version));
        if (putting.Reading.Count > 0)
        {
            return Problem.Of(putting.Reading.Errors, putting.Reading.Count);
        }

        if (putting.Receipt is not { } receipt)
        {
            return new Problem(ErrorCatalog.PreconditionFailed);
        }

        EntityTag.Set(http.Response, receipt.Version);
        return TypedResults.Json(receipt, WireJson.Default.ScoringConfigReceipt);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RunLog log)
    {
        var violations = new Violations();
        var (limit, cursor) = QueryReader.Page(http.Request.Query, Names, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await log.ListScoringConfigsAsync(limit, cursor, http.RequestAborted), WireJson.Default.PageScoringConfigChange);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }
}
