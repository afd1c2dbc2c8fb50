using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Documents;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Storage.Policies;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Gates;

/// <summary>What may be asked and which answers are given out: one document, read whole and replaced whole.</summary>
internal static class PolicyApi
{
    private static readonly string[] Names = ["limit", "cursor"];

    public static IEndpointRouteBuilder MapPolicy(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/policy").WithTags("Policy");

        routes.MapGet("", (HttpContext http, PolicyHolder holder) => Answer(http, holder.Current.State)).RequireAuthorization(Policies.RunOrRead)
            .WithName("getPolicy").WithSummary("The policy in force")
            .WithDescription("Reads the policy that holds for what begins now. `ETag` is its version.")
            .Takes(Parameters.IfNoneMatch)
            .Answers<VersionedPolicy>(200, "The policy with its version.", ResponseHeaders.Version)
            .Answers(304, "The caller has it already.", ResponseHeaders.Version)
            .Refuses(ErrorCatalog.NotAcceptable);

        routes.MapPut("", PutAsync).RequireAuthorization(Scopes.Admin)
            .WithName("putPolicy").WithSummary("Put a policy in force")
            .WithDescription(
                "Refused whole when anything in it is wrong. With `If-Match` only in place of that version. Runs that have begun stay under the "
                + "policy that they began under. The same document again changes nothing. It is stored with its history where the run log is on.")
            .Takes(Parameters.IfMatch)
            .Reads<PolicyDocument>("The policy, whole.")
            .Answers<PolicyReceipt>(200, "It is in force.", ResponseHeaders.Version)
            .Refuses([.. Refusals.OfBodies, ErrorCatalog.NotAcceptable, ErrorCatalog.PreconditionFailed]);

        routes.MapGet("/{version}", FindAsync).RequireAuthorization(Policies.RunOrRead)
            .WithName("getPolicyVersion").WithSummary("A policy that is or was in force")
            .WithDescription("Reads a policy by its version, which `ETag`s, receipts and the history name. It never changes.")
            .Takes(Parameters.Path("version", "The version: 16 hexadecimal digits."), Parameters.IfNoneMatch)
            .Answers<VersionedPolicy>(200, "The policy with its version.", ResponseHeaders.Version)
            .Answers(304, "The caller has it already.", ResponseHeaders.Version)
            .Refuses(ErrorCatalog.PolicyNotFound, ErrorCatalog.NotAcceptable);

        routes.MapGet("/history", ListAsync).RequireAuthorization(Scopes.Read).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("listPolicies").WithSummary("List the policies that came in force, newest first")
            .WithDescription("Lists what came in force when, by whom and from where, without the documents, a page at a time.")
            .Takes(Parameters.Page)
            .Answers<Page<PolicyChange>>(200, "A page of the history.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/schema", (HttpContext http) => Accepts.Json(http.Request)
                ? TypedResults.Bytes(PublishedSchema.Policy, "application/json")
                : (IResult)new Problem(ErrorCatalog.NotAcceptable))
            .RequireAuthorization(Policies.RunOrRead)
            .WithName("getPolicySchema").WithSummary("The JSON Schema of policies")
            .WithDescription("Reads the schema that editors check a policy against. It stands in `docs/schemas` too.")
            .AnswersAs(200, Media.Json, WrittenSchemas.JsonSchema, "The schema.")
            .Refuses(ErrorCatalog.NotAcceptable);
        return app;
    }

    private static IResult Answer(HttpContext http, VersionedPolicy state) => DocumentAnswers.Of(http, state.Version, state, WireJson.Default.VersionedPolicy);

    private static async Task<IResult> FindAsync(string version, HttpContext http, PolicyHolder holder, RunLog log)
    {
        if (new[] { holder.Current.State, PolicyHolder.Default }.FirstOrDefault(p => p.Version == version) is { } known)
        {
            return Answer(http, known);
        }

        return log.IsEnabled && await log.FindPolicyAsync(version, http.RequestAborted) is { } text && PolicyReader.ReadStored(version, text).State is { } stored
            ? Answer(http, stored)
            : new Problem(ErrorCatalog.PolicyNotFound);
    }

    private static Task<IResult> PutAsync(HttpContext http, PolicyRegister register, RunLog log) => DocumentAnswers.PutAsync(
        http,
        Limits.PolicyBytes,
        async (json, replaces) =>
        {
            var (reading, changed) = await register.PutAsync(json, Caller.Of(http).KeyId, replaces);
            var version = reading.State?.Version ?? "";
            return new DocumentPutting<PolicyReceipt>(reading.Errors, reading.Count, version, changed is { } known ? new PolicyReceipt(version, known, log.IsEnabled) : null);
        },
        WireJson.Default.PolicyReceipt);

    private static Task<IResult> ListAsync(HttpContext http, RunLog log) => DocumentAnswers.ListAsync(
        http, Names, (limit, cursor) => log.ListPoliciesAsync(limit, cursor, http.RequestAborted), WireJson.Default.PagePolicyChange);
}
