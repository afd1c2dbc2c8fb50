using System.Globalization;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Judging;
using Consensus.LanguageModels.Judging.Asking;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>Writes what judges said as scores. Tokens and cost of an answer stand with the first of its scores alone.</summary>
internal static class ScoreRows
{
    /// <summary>The criterion of a pair.</summary>
    public const string Better = "better";

    /// <summary>Every criterion for every candidate that wrote the text.</summary>
    public static IEnumerable<Score> Pointwise(string judge, Rubric rubric, IReadOnlyList<JudgedCandidate> candidates, StructuredReply<PointwiseGrades> reply) => Once(
        reply.Usage,
        from candidate in candidates
        from place in Enumerable.Range(0, rubric.Criteria.Count)
        let given = reply.Value?.Criteria[place]
        select given?.Grade is { } grade
            ? Row(NoScore(judge, rubric.Criteria[place], candidate), reply, (grade.Name, grade.Score), given.Rationale)
            : Row(NoScore(judge, rubric.Criteria[place], candidate), reply, null, null));

    /// <summary>A criterion of a candidate that has no score.</summary>
    public static Score NoScore(string judge, Criterion criterion, JudgedCandidate candidate, UnscoredReason? why = null) => new()
    {
        Candidate = candidate.Id, Judge = judge, Criterion = criterion.Name, Method = ScoreMethod.Pointwise, Prompt = PointwiseJudge.Prompt.Id, Unscored = why,
    };

    /// <summary>The verdict on a pair in one order.</summary>
    public static IEnumerable<Score> Pairwise(string judge, JudgedCandidate one, JudgedCandidate two, bool oneFirst, StructuredReply<PairVerdict> reply)
    {
        var forOne = reply.Value is { } verdict ? (oneFirst ? verdict.Better : -verdict.Better) : (int?)null;
        (string, double)? grade = forOne switch { null => null, > 0 => ("candidate", 1), < 0 => ("opponent", 0), _ => ("tie", 0.5) };
        return Once(reply.Usage, [Row(NoScore(judge, one, two, oneFirst), reply, grade, reply.Value?.Rationale)]);
    }

    /// <summary>A pair in one order that has no verdict.</summary>
    public static Score NoScore(string judge, JudgedCandidate one, JudgedCandidate two, bool oneFirst, UnscoredReason? why = null) => new()
    {
        Candidate = one.Id, Opponent = two.Id, Order = oneFirst ? "ab" : "ba", Judge = judge, Criterion = Better, Method = ScoreMethod.Pairwise,
        Prompt = PairwiseJudge.Prompt.Id, Unscored = why,
    };

    /// <summary>The labels of some of a candidate's claims.</summary>
    /// <param name="judge">The judge.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="claims">The claims with their numbers among the candidate's claims, from 1.</param>
    /// <param name="reply">The answer to them.</param>
    public static IEnumerable<Score> Claims(string judge, JudgedCandidate candidate, IReadOnlyList<(int Number, string Text)> claims, StructuredReply<ClaimLabels> reply) => Once(
        reply.Usage,
        claims.Select((claim, place) => reply.Value?.Claims[place] is { Label: { } label } given
            ? Row(NoScore(judge, candidate, claim), reply, (ClaimJudge.WordOf(label), label == ClaimLabel.Supported ? 1 : 0), given.Rationale)
            : Row(NoScore(judge, candidate, claim), reply, null, null)));

    /// <summary>A claim that has no label.</summary>
    public static Score NoScore(string judge, JudgedCandidate candidate, (int Number, string Text) claim, UnscoredReason? why = null) => new()
    {
        Candidate = candidate.Id, Judge = judge, Criterion = string.Create(CultureInfo.InvariantCulture, $"claim-{claim.Number}"), Method = ScoreMethod.Claim,
        Claim = claim.Text, Prompt = ClaimJudge.Prompt.Id, Unscored = why,
    };

    private static Score Row<T>(Score row, StructuredReply<T> reply, (string Name, double Value)? grade, string? rationale)
        where T : class => row with
        {
            Grade = grade?.Name,
            Value = grade?.Value,
            Rationale = rationale ?? reply.Message,
            Unscored = grade is null ? reply.Unscored ?? UnscoredReason.Malformed : null,
            Repaired = reply.Repaired,
            LatencyMs = reply.Latency.TotalMilliseconds,
        };

    private static IEnumerable<Score> Once(UsageBody usage, IEnumerable<Score> rows) => rows.Select((row, i) => i == 0 ? row with { Usage = usage } : row);
}
