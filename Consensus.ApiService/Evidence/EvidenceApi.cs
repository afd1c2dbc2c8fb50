using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Starting;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Evidence;

/// <summary>Evidence mode: answers whose every claim is held against passages.</summary>
internal static class EvidenceApi
{
    public static IEndpointRouteBuilder MapEvidence(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Evidence");
        var asking = app.MapV1().WithTags("Evidence").RequireAuthorization(Scopes.Run).AddEndpointFilter(app.ServiceProvider.GetRequiredService<Drain>());

        asking.MapPost("/evidence", AskAsync)
            .WithName("askEvidence").WithSummary("Ask a panel to answer from passages, and check every claim")
            .WithDescription(
                "Finds passages in the documents of the request or in a stored collection, has the panel answer from them with citations, decides as for "
                + "`POST /v1/consensus`, and labels each claim of the answer `supported`, `contradicted` or `not_enough` with the places it rests on. Claims that are not "
                + "supported are marked or left out. Where nothing is supported, or the panel comes to no verdict, it abstains: that is 200 too. The run is stored like any "
                + "other, and the evidence record beside it.")
            .Takes(Parameters.IdempotencyKey)
            .Reads<EvidenceRequest>("The question, the passages' source, and whatever a consensus request may have.")
            .Answers<EvidenceResponse>(200, "The labelled answer, or why there is none.", ResponseHeaders.Location, ResponseHeaders.Replayed)
            .Refuses(
                [
                    .. Refusals.OfBodies, .. Refusals.OfRuns, ErrorCatalog.NotAcceptable, ErrorCatalog.NoJudges, ErrorCatalog.DeadlineExceeded,
                    ErrorCatalog.CollectionNotFound, ErrorCatalog.EvidenceDisabled, ErrorCatalog.EvidenceUnavailable,
                ]);

        asking.MapPost("/evidence/check", CheckAsync)
            .WithName("checkEvidence").WithSummary("Check an answer that you already have against passages")
            .WithDescription(
                "Splits the answer into claims and labels each as `POST /v1/evidence` does. No panel is asked; a judge is, where `matching` is `entailment`. Marks such as "
                + "`[1]` in the answer cite the documents of the request.")
            .Reads<EvidenceCheckRequest>("The answer, and the passages' source.")
            .Answers<EvidenceRecord>(200, "The labelled answer.", ResponseHeaders.Location)
            .Refuses(
                [
                    .. Refusals.OfBodies, ErrorCatalog.NotAcceptable, ErrorCatalog.NoJudges, ErrorCatalog.BudgetExhausted, ErrorCatalog.Draining,
                    ErrorCatalog.CollectionNotFound, ErrorCatalog.EvidenceDisabled, ErrorCatalog.EvidenceUnavailable,
                ]);

        routes.MapEvidenceRecords();
        return app;
    }

    private static async Task<IResult> AskAsync(HttpContext http, EvidenceMode mode, PanelQuestions questions)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.EvidenceBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        // There is one answer, at the end.
        var wish = RunWish.Read(http.Request, violations) with { Streams = false, RespondAsync = false };
        if (await EvidenceQuestion.ReadAsync(body.Value, http, questions, violations) is not { } question)
        {
            return Problem.Of(violations);
        }

        if ((questions.Refuse(question.Plan, wish) ?? mode.Refuse(question.Wish)) is { } refusal)
        {
            return refusal;
        }

        var answer = await mode.AnswerAsync(question, wish, http, body.Value);
        return answer switch
        {
            { Problem: { } problem } => problem,
            { IsReplay: true } => new ReplayedReply(new EvidenceResult(answer.Record!)),
            _ => new EvidenceResult(answer.Record!),
        };
    }

    private static async Task<IResult> CheckAsync(HttpContext http, EvidenceMode mode)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.EvidenceBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        if (await mode.ReadCheckAsync(body.Value, Caller.Of(http), violations, http.RequestAborted) is not { } check)
        {
            return Problem.Of(violations);
        }

        var (problem, record) = await mode.CheckAsync(check, Caller.Of(http), http.RequestAborted);
        return problem ?? (IResult)new EvidenceResult(record!);
    }
}
