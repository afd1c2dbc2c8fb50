using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
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
            .WithName("getScoringConfig").WithSummary("The scoring configuration in force")
            .WithDescription("Reads the scoring configuration that holds for what begins now. `ETag` is its version.")
            .Takes(Parameters.IfNoneMatch)
            .Answers<VersionedScoringConfig>(200, "The scoring configuration with its version.", ResponseHeaders.Version)
            .Answers(304, "The caller has it already.", ResponseHeaders.Version)
            .Refuses(ErrorCatalog.NotAcceptable);

        routes.MapPut("", PutAsync).RequireAuthorization(Scopes.Admin)
            .WithName("putScoringConfig").WithSummary("Put a scoring configuration in force")
            .WithDescription(
                "Refused whole when anything in it is wrong. With `If-Match` only in place of that version. Jobs that were made keep the "
                + "configuration that they name. The same document again changes nothing. It is stored with its history where the run log is on.")
            .Takes(Parameters.IfMatch)
            .Reads<ScoringConfig>("The scoring configuration, whole.")
            .Answers<ScoringConfigReceipt>(200, "It is in force.", ResponseHeaders.Version)
            .Refuses([.. Refusals.OfBodies, ErrorCatalog.NotAcceptable, ErrorCatalog.PreconditionFailed]);

        routes.MapGet("/{version}", FindAsync).RequireAuthorization(Policies.RunReadOrWorker)
            .WithName("getScoringConfigVersion").WithSummary("A scoring configuration that is or was in force")
            .WithDescription("Reads a scoring configuration by its version, which `ETag`s, receipts and the history name. It never changes.")
            .Takes(Parameters.Path("version", "The version: 16 hexadecimal digits."), Parameters.IfNoneMatch)
            .Answers<VersionedScoringConfig>(200, "The scoring configuration with its version.", ResponseHeaders.Version)
            .Answers(304, "The caller has it already.", ResponseHeaders.Version)
            .Refuses(ErrorCatalog.ScoringConfigNotFound, ErrorCatalog.NotAcceptable);

        routes.MapGet("/history", ListAsync).RequireAuthorization(Scopes.Read).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("listScoringConfigs").WithSummary("List the scoring configurations that came in force, newest first")
            .WithDescription("Lists what came in force when, by whom and from where, without the documents, a page at a time.")
            .Takes(Parameters.Page)
            .Answers<Page<ScoringConfigChange>>(200, "A page of the history.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/schema", (HttpContext http) => Accepts.Json(http.Request)
                ? TypedResults.Bytes(PublishedSchema.ScoringConfig, "application/json")
                : (IResult)new Problem(ErrorCatalog.NotAcceptable))
            .RequireAuthorization(Policies.RunReadOrWorker)
            .WithName("getScoringConfigSchema").WithSummary("The JSON Schema of scoring configurations")
            .WithDescription("Reads the schema that editors check a scoring configuration against. It stands in `docs/schemas` too.")
            .AnswersAs(200, Media.Json, WrittenSchemas.JsonSchema, "The schema.")
            .Refuses(ErrorCatalog.NotAcceptable);
        return app;
    }

    private static IResult Answer(HttpContext http, VersionedScoringConfig state) =>
        DocumentAnswers.Of(http, state.Version, state, WireJson.Default.VersionedScoringConfig);

    private static async Task<IResult> FindAsync(string version, HttpContext http, ScoringConfigLookup lookup) =>
        await lookup.FindAsync(version, http.RequestAborted) is { } state ? Answer(http, state) : new Problem(ErrorCatalog.ScoringConfigNotFound);

    private static Task<IResult> PutAsync(HttpContext http, ScoringConfigRegister register, RunLog log) => DocumentAnswers.PutAsync(
        http,
        Limits.ScoringConfigBytes,
        async (json, replaces) =>
        {
            var (reading, changed) = await register.PutAsync(json, Caller.Of(http).KeyId, replaces);
            var version = reading.State?.Version ?? "";
            return new DocumentPutting<ScoringConfigReceipt>(reading.Errors, reading.Count, version, changed is { } known ? new ScoringConfigReceipt(version, known, log.IsEnabled) : null);
        },
        WireJson.Default.ScoringConfigReceipt);

    private static Task<IResult> ListAsync(HttpContext http, RunLog log) => DocumentAnswers.ListAsync(
        http, Names, (limit, cursor) => log.ListScoringConfigsAsync(limit, cursor, http.RequestAborted), WireJson.Default.PageScoringConfigChange);
}
