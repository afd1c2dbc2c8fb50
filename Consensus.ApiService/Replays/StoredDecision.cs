using System.Text.RegularExpressions;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Schemas;
using Consensus.ApiService.Steps;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Core.Evidence.Citations;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Replays;

/// <summary>From a stored run back to what its decision was taken on.</summary>
internal static partial class StoredDecision
{
    /// <summary>Why a run cannot be decided again from what is stored of it; <c>null</c>: it can.</summary>
    public static ErrorCode? WhyNot(ConsensusResponse run) => run switch
    {
        { Status: RunStatus.Accepted or RunStatus.Running } => ErrorCatalog.RunInProgress,
        { Outcome: null } or { Request: null } => ErrorCatalog.RunNotReplayable,
        _ when DecisionPolicies.Find(run.Strategy) is null && StepStrategies.Find(run.Strategy) is null => ErrorCatalog.RunNotReplayable,
        _ when (run.Candidates ?? []).Any(static candidate => candidate is { Text: null, Status: not CandidateStatus.Failed }) => ErrorCatalog.ContentNotStored,
        _ => null,
    };

    /// <summary>What the vote is taken on: the candidates' texts, read and compared as the request said.</summary>
    /// <param name="run">The run, which can be decided again.</param>
    /// <param name="catalog">The models that are configured.</param>
    /// <param name="learned">The fitted document in force.</param>
    public static DecisionInput Input(ConsensusResponse run, ModelCatalog catalog, FittedState? learned)
    {
        var request = run.Request!;
        var input = new DecisionInput
        {
            Candidates =
            [
                .. (run.Candidates ?? []).Select(candidate =>
                    new CandidateText(candidate.Model, candidate.Family ?? candidate.Model, Voted(run, candidate.Text))),
            ],
            Form = Form(request.Answer),
            Strategy = StepStrategies.Find(run.Strategy) is null ? run.Strategy : Strategies.Majority,
            Quorum = request.Quorum ?? Limits.DefaultQuorum,
            MinResponses = request.MinResponses,
            Reliability = Reliability(run, catalog),
        };
        return FittedHolder.Teach(input, learned, request.Category, run.Kind == RunKind.Aggregate ? EarlyStop.Off : request.EarlyStop);
    }

    /// <summary>Whether redaction has put markers where texts stood that the decision hung on: two that were different may be the same now.</summary>
    public static bool IsRedacted(ConsensusResponse run) =>
        (run.Candidates ?? []).Any(static candidate => Marker().IsMatch(candidate.Model) || (candidate.Text is { } text && Marker().IsMatch(text)))
        || (run.Request?.Answer?.Choices ?? []).Any(static choice => Marker().IsMatch(choice));

    private static string? Voted(ConsensusResponse run, string? text) => text is null || run.Kind != RunKind.Evidence ? text : CitationMarks.Strip(text);

    private static AnswerForm Form(AnswerRequest? answer) => answer is null ? AnswerForm.Auto : new AnswerForm
    {
        Kind = Enum.Parse<AnswerKind>((answer.Kind ?? AnswerKindName.Auto).ToString()),
        Choices = answer.Choices ?? [],
        Tolerance = answer.Tolerance ?? 0,
        Accepts = answer.Schema is { } schema && AnswerSchema.Read(schema, "schema", new Violations()) is { } known ? known.Accepts : null,
    };

    /// <summary>As the vote was weighted then; where that is not known, as it would be now.</summary>
    private static Dictionary<string, double> Reliability(ConsensusResponse run, ModelCatalog catalog)
    {
        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var model in run.Kind == RunKind.Aggregate ? [] : run.Request!.Models)
        {
            if (catalog.Find(model)?.Reliability is { } configured)
            {
                known[model] = configured;
            }
        }

        foreach (var model in run.Provenance?.Models ?? [])
        {
            if (model.Reliability is { } then)
            {
                known[model.Id] = then;
            }
        }

        foreach (var (model, given) in run.Request!.Reliability ?? new Dictionary<string, double>())
        {
            known[model] = given;
        }

        return known;
    }

    [GeneratedRegex(@"\[(email|phone|ip|card|iban|secret|jwt)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Marker();
}
