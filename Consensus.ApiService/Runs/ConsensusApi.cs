using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Runs.Starting;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Steps;
using Consensus.ApiService.Versioning;
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
        var routes = app.MapV1().WithTags("Consensus").RequireAuthorization(Scopes.Run)
            .AddEndpointFilter(app.ServiceProvider.GetRequiredService<Drain>());

        routes.MapPost("/consensus", AskAsync)
            .WithName("Ask").WithSummary("Ask a panel of models one question")
            .WithDescription(
                "Every call's failure is a value in `candidates`. With `Accept: text/event-stream` the events of the run are sent as they happen; with "
                + "`Prefer: respond-async` the answer is 202 and the run goes on; with an `Idempotency-Key` the same request begins one run, however often it is sent.")
            .Accepts<ConsensusRequest>("application/json").Produces<ConsensusResponse>(200, "application/json", Accepts.EventStream).Produces<ConsensusResponse>(202)
            .ProducesProblems(400, 406, 409, 410, 413, 415, 422, 502, 503, 504);

        routes.MapPost("/consensus/aggregate", AggregateAsync)
            .WithName("Aggregate").WithSummary("Decide on answers that you already have")
            .WithDescription("The same decision without calling any model. An `Idempotency-Key` is honoured.")
            .Accepts<AggregateRequest>("application/json").Produces<ConsensusResponse>()
            .ProducesProblems(400, 406, 409, 410, 413, 415, 422, 503);
        return app;
    }

    private static async Task<IResult> AskAsync(
        HttpContext http, RunStarter starter, ModelCatalog catalog, ScoringConfigs scoring, StepSettings steps, IOptions<RunLogOptions> log, TimeProvider time)
    {
        var violations = new Violations();
        var wish = RunWish.Read(http.Request, violations);
        if (!wish.Streams && !Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        if (ConsensusRequestReader.Read(body.Value, Identify(http, time), catalog, violations, scoring.Current(), steps) is not { } request)
        {
            return Problem.Of(violations);
        }

        if ((JudgeWishReader.Refuse(request.Plan.Judge, log.Value) ?? wish.Refuse(log.Value)) is { } refusal)
        {
            return refusal;
        }

        var manner = new RunManner(wish.Streams || wish.Outlives, wish.Outlives, request.IncludesCandidates, http.Request.Path.Value ?? "", http.RequestAborted);
        return await RunReply.OfAsync(await starter.StartAsync(request.Plan, manner, wish.ClaimOf(http, body.Value)), wish, manner, log.Value, time);
    }

    private static async Task<IResult> AggregateAsync(
        HttpContext http, RunStarter starter, ScoringConfigs scoring, IOptions<RunLogOptions> log, TimeProvider time)
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
        // There is nothing to wait for: the decision is made at once, whatever is preferred.
        var wish = RunWish.Read(http.Request, violations) with { Streams = false, RespondAsync = false };
        if (AggregateRequestReader.Read(body.Value, Identify(http, time), violations, scoring.Current()) is not { } request)
        {
            return Problem.Of(violations);
        }

        if ((JudgeWishReader.Refuse(request.Plan.Judge, log.Value) ?? wish.Refuse(log.Value)) is { } refusal)
        {
            return refusal;
        }

        var manner = new RunManner(false, false, request.IncludesCandidates, http.Request.Path.Value ?? "", http.RequestAborted);
        return await RunReply.OfAsync(await starter.AggregateAsync(request.Plan, wish.ClaimOf(http, body.Value)), wish, manner, log.Value, time);
    }

    private static RunIdentity Identify(HttpContext http, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new RunIdentity(Guid.CreateVersion7(now), http.TraceIdentifier, Caller.Of(http).KeyId, now);
    }
}
