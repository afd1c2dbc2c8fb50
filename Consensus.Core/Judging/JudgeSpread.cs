namespace Consensus.Core.Judging;

/// <summary>
/// How far judges are from each other in the units of their scores. Alpha compares their differences with those between candidates: where all candidates are scored
/// nearly alike, the smallest difference makes it 0 (Feinstein and Cicchetti 1990, "High agreement but low kappa", of the same in kappa). This tells such a panel from
/// one that disagrees.
/// </summary>
public static class JudgeSpread
{
    /// <summary>The mean absolute difference between two judges' scores of the same candidate, over all such pairs.</summary>
    /// <param name="scores">By judge and candidate, 0 to 1; <c>null</c> where there is none.</param>
    /// <returns>0 to 1; <c>null</c> when no two judges scored the same candidate.</returns>
    public static double? Of(IReadOnlyList<IReadOnlyList<double?>> scores)
    {
        var (sum, pairs) = (0.0, 0);
        for (var one = 0; one < scores.Count; one++)
        {
            for (var two = one + 1; two < scores.Count; two++)
            {
                foreach (var (a, b) in scores[one].Zip(scores[two]))
                {
                    if (a is { } first && b is { } second)
                    {
                        (sum, pairs) = (sum + Math.Abs(first - second), pairs + 1);
                    }
                }
            }
        }

        return pairs == 0 ? null : sum / pairs;
    }
}
