using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Privacy;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Labels;

/// <summary>Says afterwards what was right. Which cluster that is, is found at once and stored, so that learning from it needs no text.</summary>
internal static class LabelsApi
{
    public static void MapLabels(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/runs/{id}/label", PostAsync).RequireAuthorization(Scopes.Run)
            .WithName("labelRun").WithSummary("Say what was right")
            .WithDescription(
                "Stores with a run that has ended what is right: either `gold`, the right answer, or `right`, whether the run's answer is. The last "
                + "label of a run holds, so sending the same again changes nothing else. It takes the run's own key, or `admin`.")
            .Takes(Parameters.RunId)
            .Reads<LabelRequest>("Exactly one of the two members.")
            .Answers<LabelBody>(200, "The label as it is stored.")
            .Refuses([.. Refusals.OfBodies, .. Refusals.OfStore, ErrorCatalog.ContentNotStored, ErrorCatalog.RunNotFound, ErrorCatalog.RunInProgress, ErrorCatalog.NotAcceptable]);

    private static async Task<IResult> PostAsync(string id, HttpContext http, RunLog log, IOptions<RunLogOptions> options)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var body = await JsonBody.ReadAsync(http, Limits.BodyBytes);
        if (body.Problem is not null)
        {
            return body.Problem;
        }

        var violations = new Violations();
        if (LabelReader.Read(body.Value, violations) is not { } asked)
        {
            return Problem.Of(violations);
        }

        var caller = Caller.Of(http);
        if (!Guid.TryParseExact(id, "D", out var runId) || await log.FindAsync(runId, caller.Owner, http.RequestAborted) is not { } run)
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        if (run.Status is RunStatus.Accepted or RunStatus.Running)
        {
            return new Problem(ErrorCatalog.RunInProgress);
        }

        var label = asked.Gold is { } gold
            ? OfGold(run, gold, options.Value.Content, violations, out var problem)
            : OfRight(run, asked.Right!.Value, violations, out problem);
        if (label is null)
        {
            return problem ?? Problem.Of(violations);
        }

        return await log.LabelAsync(runId, label with { KeyId = caller.KeyId }, run.Kind, caller.MayErase, CancellationToken.None) switch
        {
            Labelling.Stored when await log.FindAsync(runId, caller.Owner, http.RequestAborted) is { Label: { } stored } =>
                TypedResults.Json(stored, WireJson.Default.LabelBody),
            Labelling.InProgress => new Problem(ErrorCatalog.RunInProgress),
            Labelling.NotAllowed when caller.SeesAll => new Problem(
                ErrorCatalog.Forbidden, $"The run belongs to a key: it takes that key, or the scope {Scopes.Admin}, to label it."),
            _ => new Problem(ErrorCatalog.RunNotFound),
        };
    }

    private static RunLabel? OfRight(ConsensusResponse run, bool right, Violations violations, out Problem? problem)
    {
        problem = null;
        if (!HasAnswer(run))
        {
            violations.Add("right", FieldCodes.Contradiction, "The run has no answer that could be right or wrong; give `gold`.");
            return null;
        }

        return new RunLabel(right, right ? run.Clusters[0].Id : null, null, null);
    }

    private static RunLabel? OfGold(ConsensusResponse run, string gold, RunContent content, Violations violations, out Problem? problem)
    {
        // Replaced texts cannot be told apart, so that any two of them would be the same answer.
        problem = !GoldMatch.IsPossible(run) || (content == RunContent.Redacted && Redactor.Redact(gold) != gold)
            ? new Problem(ErrorCatalog.ContentNotStored, "The run's answers are not stored as they were, so that `gold` cannot be compared with them; give `right`.")
            : null;
        if (problem is not null)
        {
            return null;
        }

        if (run.Clusters.Count == 0)
        {
            return new RunLabel(null, LabelBody.NoneRight, gold, null);
        }

        if (GoldMatch.Read(run, gold) is not { } answer)
        {
            var kind = WireName.Of(run.Clusters[0].Answer.Kind);
            violations.Add("gold", FieldCodes.InvalidValue, $"No answer of the run's kind, {kind}, can be read from {Shown.Text(gold)}.", Allowed.Words($"a {kind}"));
            return null;
        }

        var cluster = GoldMatch.Find(run, answer);
        return new RunLabel(HasAnswer(run) ? cluster == run.Clusters[0].Id : null, cluster, gold, null);
    }

    private static bool HasAnswer(ConsensusResponse run) => run.Outcome is Outcome.Consensus or Outcome.Plurality;
}
