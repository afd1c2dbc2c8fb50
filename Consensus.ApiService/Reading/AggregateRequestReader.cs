using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Scoring;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Reading;

/// <summary>Reads the body of <c>POST /v1/consensus/aggregate</c>.</summary>
internal static class AggregateRequestReader
{
    private const TextRules Name = TextRules.OneLine | TextRules.NotBlank;

    private static readonly string[] Known = ["answers", "prompt", "judge", .. DecisionReader.Members, .. LabelsReader.Members];

    /// <param name="body">The body.</param>
    /// <param name="run">What is known of the run.</param>
    /// <param name="violations">What is wrong.</param>
    /// <param name="scoring">The scoring configuration in force.</param>
    /// <returns>The plan, or <c>null</c> when <paramref name="violations"/> says why not.</returns>
    public static ReadRequest<AggregatePlan>? Read(JsonElement body, RunIdentity run, Violations violations, VersionedScoringConfig? scoring = null)
    {
        if (ObjectReader.Open(body, "", violations, Known) is not { } request)
        {
            return null;
        }

        var answers = Answers(request);
        // No model sees it, so it is taken as it was asked.
        var prompt = request.Text("prompt", TextRules.Any | TextRules.NotBlank, Limits.PromptCharacters);
        var judge = JudgeWishReader.Read(request, scoring);
        if (judge.Asked == true && !request.Has("prompt"))
        {
            violations.Add("prompt", FieldCodes.Required, "Judges need the question that was asked.");
        }

        var strategy = DecisionReader.PureStrategy(request);
        var models = answers.Select(a => a.Model).Distinct().ToArray();
        CheckSelfConsistency(request, strategy.Policy, models, answers.Count);
        var decision = DecisionReader.Read(request, strategy, answers.Count > 0 ? answers.Count : null, models, new Dictionary<string, double>());
        var stored = new StoredRequest
        {
            Prompt = prompt,
            Models = models,
            Quorum = decision.Quorum,
            MinResponses = decision.Input.MinResponses,
            Answer = decision.Answer,
            Reliability = decision.Reliability,
            Category = LabelsReader.Category(request),
            Tags = LabelsReader.Tags(request),
            Metadata = LabelsReader.Metadata(request),
        };
        var (included, parent) = (LabelsReader.Included(request), LabelsReader.Parent(request));
        return violations.None ? new ReadRequest<AggregatePlan>(new AggregatePlan(run, answers, decision.Input, stored, judge, parent), included) : null;
    }

    private static List<AggregateAnswer> Answers(ObjectReader request)
    {
        if (!request.Has("answers"))
        {
            request.Violations.Add("answers", FieldCodes.Required, "The answers to decide on are needed.");
        }

        var items = request.Items("answers", 1, Limits.AggregateAnswers) ?? [];
        return [.. items.Select(item => Answer(item.Value, item.Field, request.Violations)).OfType<AggregateAnswer>()];
    }

    private static AggregateAnswer? Answer(JsonElement value, string field, Violations violations)
    {
        if (ObjectReader.Open(value, field, violations, "model", "family", "text", "error") is not { } answer)
        {
            return null;
        }

        if (!answer.Has("model"))
        {
            violations.Add(answer.Field("model"), FieldCodes.Required, "An answer needs the name of its model.");
        }

        if (answer.Has("text") == answer.Has("error"))
        {
            violations.Add(answer.Field("text"), answer.Has("text") ? FieldCodes.Contradiction : FieldCodes.Required,
                "An answer has either its text or the error that stands in its place.");
        }

        var model = answer.Text("model", Name, Limits.ModelCharacters);
        var family = answer.Text("family", Name, Limits.ModelCharacters);
        var text = answer.Text("text", TextRules.Any, Limits.AnswerCharacters);
        var error = answer.OneOf<FailureReason>("error");
        return model is null ? null : new AggregateAnswer { Model = model, Family = family, Text = text, Error = error };
    }

    private static void CheckSelfConsistency(ObjectReader request, DecisionPolicy policy, string[] models, int answers)
    {
        if (policy.Name == Strategies.SelfConsistency && answers > 0 && (models.Length > 1 || answers < 2))
        {
            request.Violations.Add("answers", FieldCodes.Contradiction,
                $"The strategy {Strategies.SelfConsistency} decides on several answers of one model; there are {answers} of {models.Length}.", Allowed.Words("at least 2 answers of exactly 1 model"));
        }
    }
}
