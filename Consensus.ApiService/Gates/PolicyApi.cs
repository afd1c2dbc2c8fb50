using Consensus.ApiService.Auth;
using Consensus.ApiService.Documents;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
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
        var routes = app.MapGroup("/v1/policy").WithTags("Policy");

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

    private static IResult Answer(HttpContext http, VersionedPolicy state)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        EntityTag.Set(http.Response, state.Version);
        return EntityTag.IsKnown(http.Request, state.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(state, WireJson.Default.VersionedPolicy);
    }

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

    private static async Task<IResult> PutAsync(HttpContext http, PolicyRegister register)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.PolicyBytes);
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
        return TypedResults.Json(receipt, WireJson.Default.PolicyReceipt);
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
            return TypedResults.Json(await log.ListPoliciesAsync(limit, cursor, http.RequestAborted), WireJson.Default.PagePolicyChange);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }
}
