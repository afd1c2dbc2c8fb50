using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Audit;

/// <summary>The audit trail, for administrators: it tells what every key did.</summary>
internal static class AuditApi
{
    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Audit").RequireAuthorization(Scopes.Admin).AddEndpointFilter(RunsApi.RequireRunLogAsync);

        routes.MapGet("/audit", ListAsync)
            .WithName("listAudit").WithSummary("List the audit trail, newest first or oldest first")
            .WithDescription(
                "Lists entries of the hash-chained audit trail, a page at a time, each with its members as they were hashed, so that whoever reads them can "
                + "check the chain. Entries are never changed or removed.")
            .Takes(
                [
                    .. Parameters.Span("entries that were made"),
                    Parameters.OneOf<AuditAction>("action", "Only this action."),
                    Parameters.Text("actor", Limits.AuditWordCharacters, "Only this actor: `key:` and a key's name, `cli` or `system`."),
                    Parameters.Text("subjectKind", Limits.AuditWordCharacters, "Only what is about this kind, such as `run`."),
                    Parameters.Text("subjectId", Limits.AuditWordCharacters, "Only what is about this id, name or version."),
                    Parameters.Flag(AuditFilterReader.OldestFirst, "Whether the oldest come first."),
                    .. Parameters.Page,
                ])
            .Answers<Page<AuditEntry>>(200, "A page of entries.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable]);

        routes.MapGet("/audit/head", HeadAsync)
            .WithName("getAuditHead").WithSummary("The signed end of the audit trail")
            .WithDescription("Signs the end of the trail as it is now. Who keeps the answer elsewhere can tell later that no entry up to there was changed or removed.")
            .Answers<AuditHead>(200, "The head.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.NotAcceptable]);
        return app;
    }

    private static async Task<IResult> ListAsync(HttpContext http, RunLog log)
    {
        var violations = new Violations();
        var filter = AuditFilterReader.Read(http.Request.Query, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await log.ListAuditAsync(filter, http.RequestAborted), WireJson.Default.PageAuditEntry);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }

    private static async Task<IResult> HeadAsync(HttpContext http, RunLog log) => TypedResults.Json(
        await log.SignAuditHeadAsync(http.RequestAborted) ?? throw new RunLogUnavailableException("The audit trail has no entry yet: the run log was not opened."),
        WireJson.Default.AuditHead);
}
