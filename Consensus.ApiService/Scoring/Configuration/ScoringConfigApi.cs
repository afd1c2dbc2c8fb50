using Consensus.ApiService.Auth;
using Consensus.ApiService.Documents;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
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
        var routes = app.MapV1("/scoring/config").WithTags("Scoring");

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
                ? TypedResults.Bytes(PublishedSchema.ScoringConfig, "application/json")
                : (IResult)new Problem(ErrorCatalog.NotAcceptable))
            .RequireAuthorization(Policies.RunReadOrWorker)
            .WithName("GetScoringConfigSchema").WithSummary("The JSON schema of scoring configurations")
            .Produces(StatusCodes.Status200OK, contentType: "application/json").ProducesProblems(406);
        return app;
    }

    private static IResult Answer(HttpContext http, VersionedScoringConfig state) =>
        DocumentAnswers.Of(http, state.Version, state, WireJson.Default.VersionedScoringConfig);

    private static async Task<IResult> FindAsync(string version, HttpContext http, ScoringConfigLookup lookup) =>
        await lookup.FindAsync(version, http.RequestAborted) is { } state ? Answer(http, state) : new Problem(ErrorCatalog.ScoringConfigNotFound);

    private static Task<IResult> PutAsync(HttpContext http, ScoringConfigRegister register) => DocumentAnswers.PutAsync(
        http,
        Limits.ScoringConfigBytes,
        async (json, replaces) =>
        {
            var (reading, receipt) = await register.PutAsync(json, Caller.Of(http).KeyId, replaces);
            return new DocumentPutting<ScoringConfigReceipt>(reading.Errors, reading.Count, receipt?.Version ?? "", receipt);
        },
        WireJson.Default.ScoringConfigReceipt);

    private static Task<IResult> ListAsync(HttpContext http, RunLog log) => DocumentAnswers.ListAsync(
        http, Names, (limit, cursor) => log.ListScoringConfigsAsync(limit, cursor, http.RequestAborted), WireJson.Default.PageScoringConfigChange);
}
