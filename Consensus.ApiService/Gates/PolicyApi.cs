using Consensus.ApiService.Auth;
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
            .WithName("GetPolicy").WithSummary("The policy in force")
            .Produces<VersionedPolicy>().Produces(StatusCodes.Status304NotModified).ProducesProblems(406);

        routes.MapPut("", PutAsync).RequireAuthorization(Scopes.Admin)
            .WithName("PutPolicy").WithSummary("Put a policy in force")
            .WithDescription("Refused whole when anything in it is wrong. With `If-Match` only in place of that version. Runs that have begun stay under the policy that they began under.")
            .Accepts<PolicyDocument>("application/json").Produces<PolicyReceipt>().ProducesProblems(400, 406, 412, 413, 415, 503);

        routes.MapGet("/{version}", FindAsync).RequireAuthorization(Policies.RunOrRead)
            .WithName("FindPolicy").WithSummary("A policy that is or was in force")
            .Produces<VersionedPolicy>().Produces(StatusCodes.Status304NotModified).ProducesProblems(404, 406, 503);

        routes.MapGet("/history", ListAsync).RequireAuthorization(Scopes.Read).AddEndpointFilter(RunsApi.RequireRunLogAsync)
            .WithName("ListPolicies").WithSummary("List the policies that came in force, newest first").DescribeQuery(Names)
            .Produces<Page<PolicyChange>>().ProducesProblems(400, 406, 409, 503);

        routes.MapGet("/schema", (HttpContext http) => Accepts.Json(http.Request)
                ? TypedResults.Bytes(PublishedSchema.Policy, "application/json")
                : (IResult)new Problem(ErrorCatalog.NotAcceptable))
            .RequireAuthorization(Policies.RunOrRead)
            .WithName("GetPolicySchema").WithSummary("The JSON schema of policies")
            .Produces(StatusCodes.Status200OK, contentType: "application/json").ProducesProblems(406);
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

    private static Task<IResult> PutAsync(HttpContext http, PolicyRegister register) => DocumentAnswers.PutAsync(
        http,
        Limits.PolicyBytes,
        async (json, replaces) =>
        {
            var (reading, receipt) = await register.PutAsync(json, Caller.Of(http).KeyId, replaces);
            return new DocumentPutting<PolicyReceipt>(reading.Errors, reading.Count, receipt?.Version ?? "", receipt);
        },
        WireJson.Default.PolicyReceipt);

    private static Task<IResult> ListAsync(HttpContext http, RunLog log) => DocumentAnswers.ListAsync(
        http, Names, (limit, cursor) => log.ListPoliciesAsync(limit, cursor, http.RequestAborted), WireJson.Default.PagePolicyChange);
}
