using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Fitting.Refitting;

/// <summary>What was fitted to labels from use, and fitting them now.</summary>
internal static class ProposalsApi
{
    private static readonly string[] Names = ["limit", "cursor"];

    public static IEndpointRouteBuilder MapProposals(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/calibration").WithTags("Calibration").AddEndpointFilter(RunsApi.RequireRunLogAsync);

        routes.MapPost("/refit", RefitAsync).RequireAuthorization(Scopes.Admin)
            .WithName("refitCalibration").WithSummary("Fit what has been labelled")
            .WithDescription(
                "Fits the labelled runs, which takes a while on many labels. Puts the new document in force where its cross-validated gain is above "
                + "zero with confidence; else it is kept as a proposal. With too few labels nothing is fitted, and the receipt says so.")
            .Answers<RefitReceipt>(200, "What was fitted, or why nothing was.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/proposals", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("listProposals").WithSummary("List what was fitted to labels, newest first")
            .WithDescription("Lists what was fitted to labels from use, whether or not it came in force, without the documents, a page at a time.")
            .Takes(Parameters.Page)
            .Answers<Page<CalibrationProposal>>(200, "A page of proposals.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/proposals/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getProposal").WithSummary("A proposal with its document")
            .WithDescription("Reads one document that was fitted to labels, which can be put in force with `PUT /v1/calibration`.")
            .Takes(Parameters.PathId("id", "The proposal's id."))
            .Answers<CalibrationProposal>(200, "The proposal.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ProposalNotFound, ErrorCatalog.NotAcceptable]);
        return app;
    }

    private static async Task<IResult> RefitAsync(HttpContext http, Refitter refitter) => Accepts.Json(http.Request)
        ? TypedResults.Json(await refitter.RefitAsync(http.RequestAborted), WireJson.Default.RefitReceipt)
        : new Problem(ErrorCatalog.NotAcceptable);

    private static async Task<IResult> ListAsync(HttpContext http, RunLog log)
    {
        var violations = new Violations();
        var query = http.Request.Query;
        QueryReader.CheckNames(query, Names, violations);
        var (limit, cursor) = (QueryReader.Limit(query, violations) ?? Limits.DefaultPageSize, QueryReader.Cursor(query, violations));
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await log.ListProposalsAsync(limit, cursor, http.RequestAborted), WireJson.Default.PageCalibrationProposal);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, RunLog log) =>
        Guid.TryParseExact(id, "D", out var proposal) && await log.FindProposalAsync(proposal, http.RequestAborted) is { } found
            ? TypedResults.Json(found, WireJson.Default.CalibrationProposal)
            : new Problem(ErrorCatalog.ProposalNotFound);
}
