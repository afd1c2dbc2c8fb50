using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Evidence;

/// <summary>Looking evidence records up, and erasing them.</summary>
internal static class EvidenceRecordsApi
{
    public static void MapEvidenceRecords(this RouteGroupBuilder routes)
    {
        routes.MapGet("/evidence", ListAsync).RequireAuthorization(Scopes.Read)
            .WithName("listEvidence").WithSummary("List evidence records, newest first")
            .WithDescription("Lists what came of evidence mode, a page at a time, without claims and passages. A key sees its own records, `admin` all.")
            .Takes(
                [
                    .. Parameters.Span("records that were made"),
                    Parameters.Id("runId", "Only the records of this run."),
                    Parameters.Id("collection", "Only those that rest on this collection."),
                    .. Parameters.Page,
                ])
            .Answers<Page<EvidenceSummary>>(200, "A page of records.")
            .Refuses([ErrorCatalog.ValidationFailed, ErrorCatalog.NotAcceptable, ErrorCatalog.EvidenceDisabled, ErrorCatalog.EvidenceUnavailable]);

        routes.MapGet("/evidence/{id}", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getEvidence").WithSummary("An evidence record, whole")
            .WithDescription("Reads one record: claims, labels, citations and passages, as far as the privacy level keeps texts. The run has an address of its own.")
            .Takes(Parameters.PathId("id", "The record's id."))
            .Answers<EvidenceRecord>(200, "The record.")
            .Refuses([ErrorCatalog.EvidenceNotFound, ErrorCatalog.NotAcceptable, ErrorCatalog.EvidenceDisabled, ErrorCatalog.EvidenceUnavailable]);

        routes.MapDelete("/evidence/{id}", DeleteAsync).RequireAuthorization(Scopes.Run)
            .WithName("deleteEvidence").WithSummary("Erase an evidence record")
            .WithDescription("Erases a record of the caller's own key, `admin` any. Its run stays; erasing the run erases its records.")
            .Takes(Parameters.PathId("id", "The record's id."))
            .Answers(204, "It is erased.")
            .Refuses([ErrorCatalog.EvidenceNotFound, ErrorCatalog.EvidenceDisabled, ErrorCatalog.EvidenceUnavailable]);
    }

    private static async Task<IResult> ListAsync(HttpContext http, EvidenceRecords records)
    {
        if (Refuse(http, records) is { } refusal)
        {
            return refusal;
        }

        var violations = new Violations();
        var filter = EvidenceFilterReader.Read(http.Request.Query, violations) with { KeyId = Caller.Of(http).Owner };
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        try
        {
            return TypedResults.Json(await records.ListAsync(filter, http.RequestAborted), WireJson.Default.PageEvidenceSummary);
        }
        catch (InvalidCursorException)
        {
            return Problem.Of([RunsApi.WrongCursor()], 1);
        }
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, EvidenceRecords records) =>
        Refuse(http, records) ?? (Guid.TryParseExact(id, "D", out var evidence) && await records.FindAsync(evidence, Caller.Of(http).Owner, http.RequestAborted) is { } found
            ? TypedResults.Json(found, WireJson.Default.EvidenceRecord)
            : (IResult)new Problem(ErrorCatalog.EvidenceNotFound));

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, EvidenceRecords records)
    {
        if (!records.AreStored)
        {
            return new Problem(ErrorCatalog.EvidenceDisabled);
        }

        // What a caller may not see is not there for them.
        var erased = Guid.TryParseExact(id, "D", out var evidence) && await records.DeleteAsync(evidence, Caller.Of(http).MayErase) == EvidenceErasure.Erased;
        return erased ? TypedResults.NoContent() : new Problem(ErrorCatalog.EvidenceNotFound);
    }

    private static Problem? Refuse(HttpContext http, EvidenceRecords records) =>
        !records.AreStored ? new Problem(ErrorCatalog.EvidenceDisabled) : Accepts.Json(http.Request) ? null : new Problem(ErrorCatalog.NotAcceptable);
}
