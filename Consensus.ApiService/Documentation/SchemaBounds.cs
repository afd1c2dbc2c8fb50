using System.Globalization;
using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Keys;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Microsoft.OpenApi;

namespace Consensus.ApiService.Documentation;

/// <summary>The bounds that the readers of requests keep, in the schemas of what they read. A test holds each to what is refused.</summary>
internal static class SchemaBounds
{
    private static readonly Bound[] All =
    [
        Text<ConsensusRequest>(nameof(ConsensusRequest.Prompt), Limits.PromptCharacters),
        Items<ConsensusRequest>(nameof(ConsensusRequest.Messages), 1, Limits.Messages),
        Items<ConsensusRequest>(nameof(ConsensusRequest.Models), 1, Limits.PanelModels),
        Number<ConsensusRequest>(nameof(ConsensusRequest.SamplesPerModel), 1, Limits.SamplesPerModel),
        Number<ConsensusRequest>(nameof(ConsensusRequest.Quorum), 0, 1, endsBefore: true),
        Number<ConsensusRequest>(nameof(ConsensusRequest.MinResponses), 1, Limits.AggregateAnswers),
        Number<ConsensusRequest>(nameof(ConsensusRequest.DeadlineMs), Limits.MinDeadlineMs, Limits.MaxDeadlineMs),
        Number<ConsensusRequest>(nameof(ConsensusRequest.Temperature), 0, Limits.MaxTemperature),
        Number<ConsensusRequest>(nameof(ConsensusRequest.MaxOutputTokens), 1, Limits.MaxOutputTokens),
        Text<ConsensusRequest>(nameof(ConsensusRequest.Category), Limits.LabelCharacters),
        Items<ConsensusRequest>(nameof(ConsensusRequest.Tags), 0, Limits.Tags),
        Entries<ConsensusRequest>(nameof(ConsensusRequest.Metadata), Limits.MetadataEntries),
        Items<AnswerRequest>(nameof(AnswerRequest.Choices), Limits.MinChoices, Limits.MaxChoices),
        Items<AggregateRequest>(nameof(AggregateRequest.Answers), 1, Limits.AggregateAnswers),
        Text<AggregateRequest>(nameof(AggregateRequest.Prompt), Limits.PromptCharacters),
        Number<AggregateRequest>(nameof(AggregateRequest.Quorum), 0, 1, endsBefore: true),
        Text<AggregateRequest>(nameof(AggregateRequest.Category), Limits.LabelCharacters),
        Items<AggregateRequest>(nameof(AggregateRequest.Tags), 0, Limits.Tags),
        Entries<AggregateRequest>(nameof(AggregateRequest.Metadata), Limits.MetadataEntries),
        Text<AggregateAnswer>(nameof(AggregateAnswer.Model), Limits.ModelCharacters),
        Text<AggregateAnswer>(nameof(AggregateAnswer.Family), Limits.ModelCharacters),
        Text<NewCollection>(nameof(NewCollection.Name), Limits.TitleCharacters),
        Text<NewCollection>(nameof(NewCollection.Description), Limits.DescriptionCharacters),
        Text<InlineDocument>(nameof(InlineDocument.Title), Limits.TitleCharacters),
        Text<InlineDocument>(nameof(InlineDocument.Source), Limits.TitleCharacters),
        Text<InlineDocument>(nameof(InlineDocument.Licence), Limits.TitleCharacters),
        Text<NewKey>(nameof(NewKey.Name), Limits.KeyNameCharacters),
        Number<KeyRotation>(nameof(KeyRotation.GraceSeconds), 0, Limits.KeyGraceSeconds),
        Number<KeyLimits>(nameof(KeyLimits.RequestsPerMinute), 1, Limits.KeyRequestsPerMinute),
        Number<KeyLimits>(nameof(KeyLimits.ConcurrentRuns), 1, Limits.KeyConcurrentRuns),
        Number<KeyLimits>(nameof(KeyLimits.DailyCostUsd), 0, Limits.KeyDailyCostUsd),
        Number<KeyLimits>(nameof(KeyLimits.CallsPerRun), 1, Limits.KeyCallsPerRun),
        Text<JudgeAttemptRequest>(nameof(JudgeAttemptRequest.Worker), Limits.ModelCharacters),
        Text<JudgeJobRequest>(nameof(JudgeJobRequest.Rubric), Limits.LabelCharacters),
        Items<ScoreSubmission>(nameof(ScoreSubmission.Scores), 0, Limits.ScoresPerSubmission),
        Number<ScoringConfig>(nameof(ScoringConfig.SamplingRate), 0, 1),
        Items<ScoringConfig>(nameof(ScoringConfig.Judges), 0, Limits.Judges),
        Items<ScoringConfig>(nameof(ScoringConfig.Rubrics), 1, Limits.Rubrics),
        Items<Criterion>(nameof(Criterion.Grades), 2, Limits.Grades),
        Items<Rubric>(nameof(Rubric.Criteria), 1, Limits.Criteria),
        Number<Grade>(nameof(Grade.Score), 0, 1),
    ];

    public static void Apply(OpenApiDocument document)
    {
        foreach (var bound in All)
        {
            if (document.Components?.Schemas?.TryGetValue(bound.Type, out var schema) != true
                || schema?.Properties?.TryGetValue(bound.Member, out var found) != true || found is not OpenApiSchema member)
            {
                throw new InvalidOperationException($"There is no member {bound.Type}.{bound.Member} to bound.");
            }

            bound.Set(member);
        }
    }

    private static Bound Text<T>(string member, int most) => Of<T>(member, schema => (schema.MinLength, schema.MaxLength) = (1, most));

    private static Bound Items<T>(string member, int least, int most) => Of<T>(member, schema => (schema.MinItems, schema.MaxItems) = (least == 0 ? null : least, most));

    private static Bound Entries<T>(string member, int most) => Of<T>(member, schema => schema.MaxProperties = most);

    private static Bound Number<T>(string member, double least, double most, bool endsBefore = false) => Of<T>(member, schema =>
    {
        schema.Minimum = least.ToString(CultureInfo.InvariantCulture);
        (schema.Maximum, schema.ExclusiveMaximum) = endsBefore ? (null, Text(most)) : (Text(most), (string?)null);
    });

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static Bound Of<T>(string member, Action<OpenApiSchema> set) => new(typeof(T).Name, JsonNamingPolicy.CamelCase.ConvertName(member), set);

    private sealed record Bound(string Type, string Member, Action<OpenApiSchema> Set);
}
