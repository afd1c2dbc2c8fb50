using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Steps;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Runs;

/// <summary>The routes that decide: a question for a panel, and answers that the caller has already.</summary>
internal static class ConsensusApi
{
    public static IEndpointRouteBuilder MapConsensus(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/v1").WithTags("Consensus").RequireAuthorization(Scopes.Run)
            .AddEndpointFilter(app.ServiceProvider.GetRequiredService<Drain>());

        routes.MapPost("/consensus", AskAsync)
            .WithName("Ask").WithSummary("Ask a panel of models one question")
            .WithDescription("Every call's failure is a value in `candidates`. With `Accept: text/event-stream` the events of the run are sent as they happen.")
            .Accepts<ConsensusRequest>("application/json").Produces<ConsensusResponse>(200, "application/json", Accepts.EventStream)
            .ProducesProblems(400, 406, 409, 413, 415, 502, 503, 504);

        routes.MapPost("/consensus/aggregate", AggregateAsync)
            .WithName("Aggregate").WithSummary("Decide on answers that you already have")
            .WithDescription("The same decision without calling any model.")
            .Accepts<AggregateRequest>("application/json").Produces<ConsensusResponse>()
            .ProducesProblems(400, 406, 409, 413, 415, 503);
        return app;
    }

    private static async Task<IResult> AskAsync(
        HttpContext http, RunConductor conductor, ModelCatalog catalog, ScoringConfigs scoring, StepSettings steps, IOptions<RunLogOptions> log, TimeProvider time)
    {
        var streams = Accepts.Events(http.Request);
        if (!streams && !Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        if (ConsensusRequestReader.Read(body.Value, Identify(http, time), catalog, violations, scoring.Current(), steps) is not { } request)
        {
            return Problem.Of(violations);
        }

        if (JudgeWishReader.Refuse(request.Plan.Judge, log.Value) is { } refusal)
        {
            return refusal;
        }

        return streams
            ? new RunStream(request.Plan, request.IncludesCandidates, conductor, time)
            : RunResult.Of(await conductor.ConductAsync(request.Plan, null, http.RequestAborted), request.IncludesCandidates);
    }

    private static async Task<IResult> AggregateAsync(
        HttpContext http, AggregateConductor conductor, ScoringConfigs scoring, IOptions<RunLogOptions> log, TimeProvider time)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.AggregateBodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        if (AggregateRequestReader.Read(body.Value, Identify(http, time), violations, scoring.Current()) is not { } request)
        {
            return Problem.Of(violations);
        }

        return (IResult?)JudgeWishReader.Refuse(request.Plan.Judge, log.Value)
            ?? RunResult.Of(await conductor.ConductAsync(request.Plan), request.IncludesCandidates);
    }

    private static RunIdentity Identify(HttpContext http, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new RunIdentity(Guid.CreateVersion7(now), http.TraceIdentifier, Caller.Of(http).KeyId, now);
    }
}
