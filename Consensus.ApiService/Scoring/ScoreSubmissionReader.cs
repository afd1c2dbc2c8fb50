using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Scoring;

/// <summary>A submission as far as it could be read, each score with its path.</summary>
internal sealed record ReadSubmission(ScoreSubmission Submission, IReadOnlyList<(Score Score, string Field)> Scores);

/// <summary>Reads the form of the body of <c>POST /v1/scores</c>; whether it is right for its job, <see cref="ScoreCheck"/> says.</summary>
internal static class ScoreSubmissionReader
{
    private const TextRules Name = TextRules.OneLine | TextRules.NotBlank;

    private static readonly string[] Members =
    [
        "candidate", "opponent", "order", "judge", "criterion", "method", "grade", "value", "unscored", "rationale", "claim", "prompt", "repaired", "latencyMs", "usage",
    ];

    /// <returns>What could be read, or <c>null</c> when there is no job id to go on with.</returns>
    public static ReadSubmission? Read(JsonElement body, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, "jobId", "attempt", "scores", "failure") is not { } request)
        {
            return null;
        }

        var jobId = JudgeJobReader.Id(request, "jobId", "The job is needed.");
        Require(request, "attempt", "Which attempt is needed.");
        var attempt = request.Whole("attempt", 1, int.MaxValue);
        var failure = request.Any("failure") is { } given ? Failure(given, request.Field("failure"), violations) : null;
        var items = request.Items("scores", 0, Limits.ScoresPerSubmission) ?? [];
        var scores = new List<(Score Score, string Field)>(items.Count);
        foreach (var (value, field) in items)
        {
            if (ReadScore(value, field, violations) is { } score)
            {
                scores.Add((score, field));
            }
        }

        return jobId is { } id
            ? new ReadSubmission(new ScoreSubmission { JobId = id, Attempt = attempt ?? 1, Scores = [.. scores.Select(s => s.Score)], Failure = failure }, scores)
            : null;
    }

    private static AttemptFailure? Failure(JsonElement value, string field, Violations violations)
    {
        if (ObjectReader.Open(value, field, violations, "reason", "message") is not { } failure)
        {
            return null;
        }

        Require(failure, "reason", "The reason is needed.");
        Require(failure, "message", "A sentence is needed.");
        var (reason, message) = (failure.OneOf<AttemptFailureReason>("reason"), failure.Text("message", TextRules.Printable, Limits.FailureCharacters));
        return reason is { } known && message is not null ? new AttemptFailure(known, message) : null;
    }

    private static Score? ReadScore(JsonElement value, string field, Violations violations)
    {
        if (ObjectReader.Open(value, field, violations, Members) is not { } score)
        {
            return null;
        }

        foreach (var needed in (string[])["candidate", "judge", "criterion", "method", "prompt"])
        {
            Require(score, needed, "Every score has this.");
        }

        var candidate = score.Whole("candidate", 0, int.MaxValue);
        var judge = score.Text("judge", Name, Limits.ModelCharacters);
        var criterion = score.Text("criterion", Name, Limits.LabelCharacters);
        var method = score.OneOf<ScoreMethod>("method");
        var prompt = score.Text("prompt", Name, Limits.LabelCharacters);
        var rest = new Score
        {
            Candidate = candidate ?? 0,
            Judge = judge ?? "",
            Criterion = criterion ?? "",
            Method = method ?? default,
            Prompt = prompt ?? "",
            Opponent = score.Whole("opponent", 0, int.MaxValue),
            Order = score.OneOf("order", ["ab", "ba"], FieldCodes.InvalidValue),
            Grade = score.Text("grade", Name, Limits.LabelCharacters),
            Value = score.Number("value", v => v is >= 0 and <= 1, "0 to 1"),
            Unscored = score.OneOf<UnscoredReason>("unscored"),
            Rationale = score.Text("rationale", TextRules.Any, Limits.RationaleCharacters),
            Claim = score.Text("claim", TextRules.Any | TextRules.NotBlank, Limits.ClaimCharacters),
            Repaired = Flag(score, "repaired"),
            LatencyMs = score.Number("latencyMs", ms => ms >= 0, "0 or more"),
            Usage = score.Any("usage") is { } usage ? Usage(usage, score.Field("usage"), violations) : null,
        };
        if (score.Has("value") == score.Has("unscored"))
        {
            violations.Add(score.Field("value"), score.Has("value") ? FieldCodes.Contradiction : FieldCodes.Required,
                "A score has either its value or the reason why it has none.");
        }

        return candidate is not null && judge is not null && criterion is not null && method is not null ? rest : null;
    }

    private static bool Flag(ObjectReader score, string name)
    {
        switch (score.Any(name))
        {
            case null or { ValueKind: JsonValueKind.False }:
                return false;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { } other:
                score.Violations.Add(score.Field(name), FieldCodes.InvalidType, $"{Shown.Value(other)} is neither true nor false.", Allowed.Words("true or false"));
                return false;
        }
    }

    private static UsageBody? Usage(JsonElement value, string field, Violations violations) =>
        ObjectReader.Open(value, field, violations, "inputTokens", "outputTokens", "costUsd") is { } usage
            ? new UsageBody(usage.Whole("inputTokens", 0, long.MaxValue), usage.Whole("outputTokens", 0, long.MaxValue), usage.Money("costUsd"))
            : null;

    private static void Require(ObjectReader request, string name, string message)
    {
        if (!request.Has(name))
        {
            request.Violations.Add(request.Field(name), FieldCodes.Required, message);
        }
    }
}
