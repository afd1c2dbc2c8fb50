using System.Text.Json;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Scoring;

/// <summary>Reads the member <c>judge</c> of a request: a yes or no, a rubric's name, or an object with it.</summary>
internal static class JudgeWishReader
{
    private const TextRules Name = TextRules.OneLine | TextRules.NotBlank;

    public static JudgeWish Read(ObjectReader request, VersionedScoringConfig? config)
    {
        switch (request.Any("judge"))
        {
            case null:
                return new JudgeWish(null, null, config);
            case { ValueKind: JsonValueKind.True or JsonValueKind.False } flag:
                return new JudgeWish(flag.GetBoolean(), null, config);
            case { ValueKind: JsonValueKind.String }:
                return new JudgeWish(true, Known(request, "judge", config), config);
            case { ValueKind: JsonValueKind.Object } judge:
                var opened = ObjectReader.Open(judge, request.Field("judge"), request.Violations, "rubric");
                return new JudgeWish(true, opened is null ? null : Known(opened, "rubric", config), config);
            case { } other:
                request.Violations.Add(
                    request.Field("judge"), FieldCodes.InvalidType, $"{Shown.Value(other)} is neither a boolean nor a rubric.",
                    Allowed.Words("true, false, a rubric's name, or an object with the member rubric"));
                return new JudgeWish(null, null, config);
        }
    }

    /// <summary>The problem of a request that asks to be judged where that cannot be; <c>null</c> when it can, or is not asked for.</summary>
    public static Problem? Refuse(JudgeWish? wish, RunLogOptions log) =>
        wish?.Asked != true ? null
        : !log.Enabled ? new Problem(ErrorCatalog.RunLogDisabled, "Runs are not stored on this system (`RunLog:Enabled` is false), so they cannot be judged.")
        : log.Content == RunContent.None ? new Problem(ErrorCatalog.ContentNotStored)
        : wish.Config is not { Config.Judges.Count: > 0 } ? new Problem(ErrorCatalog.NoJudges)
        : null;

    private static string? Known(ObjectReader reader, string member, VersionedScoringConfig? config)
    {
        var rubric = reader.Text(member, Name, Limits.LabelCharacters);
        if (rubric is not null && config is not null)
        {
            JudgeJobReader.CheckRubric(rubric, reader.Field(member), config.Config, reader.Violations);
        }

        return rubric;
    }
}
