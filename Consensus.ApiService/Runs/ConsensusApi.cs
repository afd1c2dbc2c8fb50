using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Http;
using Consensus.ApiService.Provenance;
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
            .WithName("askConsensus").WithSummary("Ask a panel of models one question")
            .WithDescription(
                "Asks every model of the panel, reads an answer from each text, and decides by the strategy. A call that fails is a value in "
                + "`candidates` and never fails the run: a finished run is 200, also where the panel came to no consensus (`outcome`). The run is "
                + "stored, with its texts as the privacy level has it. With `Accept: text/event-stream` its events are sent as they happen; with "
                + "`Prefer: respond-async` the answer is 202 and the run goes on; with an `Idempotency-Key` the same request begins one run, however "
                + "often it is sent. A caller who goes away from a request with neither cancels the run.")
            .Takes(Parameters.IdempotencyKey, Parameters.Prefer)
            .Reads<ConsensusRequest>("The question, whom to ask, and how to decide. Only `prompt` or `messages` is needed.")
            .Answers<ConsensusResponse>(200, "The run has ended: what the panel came to.", ResponseHeaders.Location, ResponseHeaders.Replayed)
            .AnswersAs(200, Accepts.EventStream, WrittenSchemas.RunEvents, "The run's events as they happen.", ResponseHeaders.Location, ResponseHeaders.Replayed)
            .Answers<ConsensusResponse>(202, "The run goes on; its address has what comes of it.", ResponseHeaders.Location, ResponseHeaders.RetryAfter, ResponseHeaders.Applied)
            .Refuses([.. Refusals.OfBodies, .. Refusals.OfRuns, ErrorCatalog.NotAcceptable, ErrorCatalog.NoJudges, ErrorCatalog.DeadlineExceeded]);

        routes.MapPost("/consensus/aggregate", AggregateAsync)
            .WithName("aggregateAnswers").WithSummary("Decide on answers that you already have")
            .WithDescription(
                "Reads an answer from each text and decides as for a panel that was asked; no model is called. The run is stored like any other. "
                + "With an `Idempotency-Key` the same request makes one run, however often it is sent.")
            .Takes(Parameters.IdempotencyKey)
            .Reads<AggregateRequest>("The answers, and how to decide. An answer that could not be had is given with its `error`.")
            .Answers<ConsensusResponse>(200, "What the answers come to.", ResponseHeaders.Location, ResponseHeaders.Replayed)
            .Refuses(
                [.. Refusals.OfBodies, .. Refusals.OfRuns.Except([ErrorCatalog.RunCancelled, ErrorCatalog.PanelFailed]), ErrorCatalog.NotAcceptable, ErrorCatalog.NoJudges]);
        return app;
    }

    private static async Task<IResult> AskAsync(
        HttpContext http, RunStarter starter, ModelCatalog catalog, ScoringConfigs scoring, StepSettings steps, ParentRuns parents, IOptions<RunLogOptions> log,
        TimeProvider time)
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

        await parents.CheckAsync(body.Value, Caller.Of(http), violations, http.RequestAborted);
        if (ConsensusRequestReader.Read(body.Value, Identify(http, time), catalog, violations, scoring.Current(), steps) is not { } request)
        {
            return Problem.Of(violations);
        }

        if ((JudgeWishReader.Refuse(request.Plan.Judge, log.Value) ?? wish.Refuse(log.Value)) is { } refusal)
        {
            return refusal;
        }

        var manner = new RunManner(wish.Streams || wish.Outlives, wish.Outlives, request.Included, http.Request.Path.Value ?? "", http.RequestAborted);
        return await RunReply.OfAsync(await starter.StartAsync(request.Plan, manner, wish.ClaimOf(http, body.Value)), wish, manner, log.Value, time);
    }

    private static async Task<IResult> AggregateAsync(
        HttpContext http, RunStarter starter, ScoringConfigs scoring, ParentRuns parents, IOptions<RunLogOptions> log, TimeProvider time)
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
        await parents.CheckAsync(body.Value, Caller.Of(http), violations, http.RequestAborted);
        if (AggregateRequestReader.Read(body.Value, Identify(http, time), violations, scoring.Current()) is not { } request)
        {
            return Problem.Of(violations);
        }

        if ((JudgeWishReader.Refuse(request.Plan.Judge, log.Value) ?? wish.Refuse(log.Value)) is { } refusal)
        {
            return refusal;
        }

        var manner = new RunManner(false, false, request.Included, http.Request.Path.Value ?? "", http.RequestAborted);
        return await RunReply.OfAsync(await starter.AggregateAsync(request.Plan, wish.ClaimOf(http, body.Value)), wish, manner, log.Value, time);
    }

    private static RunIdentity Identify(HttpContext http, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new RunIdentity(Guid.CreateVersion7(now), http.TraceIdentifier, Caller.Of(http).KeyId, now);
    }
}
