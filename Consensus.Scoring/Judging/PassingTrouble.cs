using System.Collections.Frozen;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;

namespace Consensus.Scoring.Judging;

/// <summary>Tells trouble that may pass, or that an operator can mend, from judges that have spoken.</summary>
internal static class PassingTrouble
{
    private static readonly FrozenSet<UnscoredReason> Passing = FrozenSet.Create(
        UnscoredReason.Timeout, UnscoredReason.RateLimited, UnscoredReason.Unavailable, UnscoredReason.CircuitOpen, UnscoredReason.Cancelled,
        UnscoredReason.Unauthorized, UnscoredReason.UnknownModel, UnscoredReason.Internal);

    /// <summary>
    /// The failure of an attempt that brought no grade at all, for reasons of which at least one may pass; <c>null</c> when there is a grade, or when every judge
    /// failed for good: such a job is done, and its scores say why they are none.
    /// </summary>
    public static AttemptFailure? Of(IReadOnlyList<Score> scores)
    {
        var reasons = scores.Where(score => score.Unscored is not (null or UnscoredReason.Recused)).GroupBy(score => score.Unscored!.Value).OrderByDescending(g => g.Count()).ToArray();
        return scores.Any(score => score.Value is not null) || !reasons.Any(g => Passing.Contains(g.Key))
            ? null
            : new AttemptFailure(
                AttemptFailureReason.JudgesUnavailable, $"No judge gave a grade: {string.Join(", ", reasons.Select(g => $"{WireName.Of(g.Key)} {g.Count()}"))}.");
    }
}
