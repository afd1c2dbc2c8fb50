using Consensus.ApiService.Auth;
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
            .WithName("GetCalibration").WithSummary("The fitted document in force")
            .Produces<FittedDocument>().ProducesProblems(404, 406);

        routes.MapGet("/reliability", (HttpContext http, FittedHolder holder) =>
                Answer(http, holder, state => TypedResults.Json(Reliability(state), WireJson.Default.ReliabilityList)))
            .RequireAuthorization(Policies.RunOrRead)
            .WithName("ListReliability").WithSummary("How often the models of each panel are right")
            .Produces<ReliabilityList>().ProducesProblems(404, 406);

        routes.MapPut("/calibration", PutAsync).RequireAuthorization(Scopes.Admin)
            .WithName("PutCalibration").WithSummary("Put a fitted document in force")
            .WithDescription("Refused whole when anything in it is wrong. Runs that have begun keep the document that they began with.")
            .Accepts<FittedDocument>("application/json").Produces<FittedReceipt>()
            .ProducesProblems(400, 406, 413, 415, 503);
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
