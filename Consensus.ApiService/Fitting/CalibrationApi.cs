using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Fitting;

/// <summary>What labelled questions taught: one document, read whole and replaced whole.</summary>
internal static class CalibrationApi
{
    public static IEndpointRouteBuilder MapCalibration(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Calibration");

        routes.MapGet("/calibration", (HttpContext http, FittedHolder holder) =>
                Answer(http, holder, state => TypedResults.Json(state.Document, WireJson.Default.FittedDocument)))
            .RequireAuthorization(Policies.RunOrRead)
            .WithName("getCalibration").WithSummary("The fitted document in force")
            .WithDescription("Reads what labelled questions taught, for every panel that was fitted.")
            .Answers<FittedDocument>(200, "The document.")
            .Refuses(ErrorCatalog.NotFitted, ErrorCatalog.NotAcceptable);

        routes.MapGet("/reliability", (HttpContext http, FittedHolder holder) =>
                Answer(http, holder, state => TypedResults.Json(Reliability(state), WireJson.Default.ReliabilityList)))
            .RequireAuthorization(Policies.RunOrRead)
            .WithName("getReliability").WithSummary("How often the models of each panel are right")
            .WithDescription("Reads the part of the fitted document in force that says how often each model is right, with intervals.")
            .Answers<ReliabilityList>(200, "The panels with their models.")
            .Refuses(ErrorCatalog.NotFitted, ErrorCatalog.NotAcceptable);

        routes.MapPut("/calibration", PutAsync).RequireAuthorization(Scopes.Admin)
            .WithName("putCalibration").WithSummary("Put a fitted document in force")
            .WithDescription(
                "Refused whole when anything in it is wrong. Runs that have begun keep the document that they began with. The same document again "
                + "changes nothing. It is stored where the run log is on.")
            .Reads<FittedDocument>("The document, as `consensus bench fit` writes it.")
            .Answers<FittedReceipt>(200, "It is in force.")
            .Refuses([.. Refusals.OfBodies, ErrorCatalog.NotAcceptable]);
        return app;
    }

    private static IResult Answer(HttpContext http, FittedHolder holder, Func<FittedState, IResult> answer) =>
        !Accepts.Json(http.Request) ? new Problem(ErrorCatalog.NotAcceptable)
        : holder.Current is { } state ? answer(state)
        : new Problem(ErrorCatalog.NotFitted);

    private static async Task<IResult> PutAsync(HttpContext http, FittedRegister register)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.FittedBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var reading = FittedReader.Read(body.Value);
        return reading.State is { } state
            ? TypedResults.Json(await register.PutAsync(state, Caller.Of(http).KeyId), WireJson.Default.FittedReceipt)
            : Problem.Of(reading.Errors, reading.Count);
    }

    private static ReliabilityList Reliability(FittedState state) => new(state.Version, state.FittedAt, [.. state.Document.Panels.Select(Reliability)]);

    private static PanelReliability Reliability(FittedPanelBody panel) => new()
    {
        Models = panel.Models,
        Kind = panel.Kind,
        Questions = panel.Questions,
        EffectiveAlternatives = panel.EffectiveAlternatives,
        Reliability = panel.Reliability,
    };
}
