using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Replays;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Provenance;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Provenance;

/// <summary>Where the answer of a stored run came from, and the run decided again. A key sees its own runs.</summary>
internal static class ProvenanceApi
{
    private const string Format = "format";
    private const string OwnForm = "json";
    private const string ProvForm = "prov-json";

    public static IEndpointRouteBuilder MapProvenance(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Runs");

        routes.MapGet("/runs/{id}/provenance", FindAsync).RequireAuthorization(Scopes.Read)
            .WithName("getProvenance").WithSummary("Where the answer of a run came from")
            .WithDescription(
                "What the run was decided by (models, prompts, parameters, versions, a keyed hash of the request) and what each sentence of its answer "
                + "rests on: candidates and, in evidence mode, passages. With `Accept: application/provenance+json`, or `format=prov-json`, the same as W3C "
                + "PROV. Without stored texts the answer is attributed to nothing, and `attributionReason` says why.")
            .Takes(Parameters.RunId, Parameters.OneOf(Format, "The form, whatever `Accept` prefers: `json`, or W3C PROV in JSON.", OwnForm, ProvForm))
            .Answers<RunProvenance>(200, "Where it came from.")
            .AnswersAs(200, ProvJson.MediaType, WrittenSchemas.Prov, "The same as W3C PROV in JSON.")
            .Refuses(
                [.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.RunNotFound, ErrorCatalog.EvidenceUnavailable, ErrorCatalog.NotAcceptable]);

        routes.MapPost("/runs/{id}/replay", ReplayAsync).RequireAuthorization(Scopes.Run)
            .WithName("replayRun").WithSummary("Decide a run again from what is stored of it")
            .WithDescription(
                "Reads and clusters the stored candidates again and decides by the code and the fitted document in force now; what steps of a strategy came "
                + "to then, stands, and no model is asked. Tells the verdict of then and of now with every difference, and which versions differ. The run is "
                + "not changed; the audit trail records the replay. With `strategy` or `quorum` it tells what these would have decided.")
            .Takes(Parameters.RunId)
            .Reads<ReplayRequest>("By what to decide, where not as it was.", isOptional: true)
            .Answers<ReplayReport>(200, "What was decided then, and what is now.")
            .Refuses(
                [
                    .. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.ContentNotStored, ErrorCatalog.RunNotFound, ErrorCatalog.RunInProgress,
                    ErrorCatalog.RunNotReplayable, ErrorCatalog.NotAcceptable,
                ]);
        return app;
    }

    private static async Task<IResult> FindAsync(string id, HttpContext http, RunLog log, ProvenanceReading reading)
    {
        if (!log.IsEnabled)
        {
            return new Problem(ErrorCatalog.RunLogDisabled);
        }

        var violations = new Violations();
        QueryReader.CheckNames(http.Request.Query, [Format], violations);
        var asked = QueryReader.Given(http.Request.Query, Format);
        if (asked is not (null or OwnForm or ProvForm))
        {
            violations.Add(Format, FieldCodes.InvalidValue, $"{Shown.Text(asked)} is not a form of provenance.", Allowed.Names([OwnForm, ProvForm]));
        }

        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        var form = asked switch
        {
            OwnForm => Media.Json,
            ProvForm => ProvJson.MediaType,
            _ => Accepts.OneOf(http.Request, Media.Json, ProvJson.MediaType),
        };
        if (form is null)
        {
            return new Problem(ErrorCatalog.NotAcceptable, $"The `Accept` header names neither `{Media.Json}` nor `{ProvJson.MediaType}`.");
        }

        http.Response.Headers.Vary = "Accept";
        return !Guid.TryParseExact(id, "D", out var runId) || await reading.FindAsync(runId, Caller.Of(http).Owner, http.RequestAborted) is not { } traced
            ? new Problem(ErrorCatalog.RunNotFound)
            : form == Media.Json ? TypedResults.Json(traced.Provenance, WireJson.Default.RunProvenance)
            : TypedResults.Text(ProvJson.Of(traced).ToJsonString(WireJson.Default.Options), ProvJson.MediaType);
    }

    private static async Task<IResult> ReplayAsync(string id, HttpContext http, RunLog log, RunReplay replay)
    {
        if (!log.IsEnabled)
        {
            return new Problem(ErrorCatalog.RunLogDisabled);
        }

        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var asked = new ReplayRequest();
        var violations = new Violations();
        if (http.Request.ContentLength is not (null or 0) || http.Request.ContentType is not null)
        {
            var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
            if (body.Problem is not null)
            {
                return body.Problem;
            }

            if (ReplayReader.Read(body.Value, violations) is not { } read)
            {
                return Problem.Of(violations);
            }

            asked = read;
        }

        var caller = Caller.Of(http);
        if (!Guid.TryParseExact(id, "D", out var runId) || await log.FindAsync(runId, caller.Owner, http.RequestAborted) is not { } run)
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        if (StoredDecision.WhyNot(run) is { } refusal)
        {
            return new Problem(refusal);
        }

        ReplayReader.Check(asked, run, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        if (replay.Replay(run, asked) is not { } report)
        {
            return new Problem(
                ErrorCatalog.ContentNotStored,
                "Texts of the run were redacted when it was stored, so that answers that differed then cannot be told apart now.");
        }

        await log.RecordReplayAsync(report, caller.KeyId, CancellationToken.None);
        return TypedResults.Json(report, WireJson.Default.ReplayReport);
    }
}
