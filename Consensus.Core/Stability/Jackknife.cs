using Consensus.Core.Deciding;

namespace Consensus.Core.Stability;

/// <summary>Leave-one-out stability: the share of panels without one model (or one family) that come to the same winner and outcome, and who could flip it.</summary>
/// <remarks>
/// The delete-one jackknife (Quenouille 1949; Tukey 1958) applied to a decision. The clusters stay as they are; only votes are taken away. Models without a vote are
/// not left out: the verdict already stands without them. Losing a dissenter may turn a plurality into a consensus on the same answer; that keeps the verdict.
/// </remarks>
internal static class Jackknife
{
    // With fewer than three units, leaving one out leaves nobody to agree with.
    private const int LeastUnits = 3;

    public static StabilityReport Measure(DecisionPolicy policy, Ballot ballot, Tally tally, DecisionOutcome outcome, DecisionInput input)
    {
        var candidates = input.Candidates;
        int? winner = DecisionPolicy.HasWinner(outcome) ? tally.Ranking[0] : null;

        var oneModel = candidates.Select(c => c.Model).Distinct(StringComparer.Ordinal).Count() == 1;
        var models = LeaveOut(i => oneModel ? $"{i}" : candidates[i].Model);
        if (models.Units < LeastUnits || outcome == DecisionOutcome.QuorumNotMet)
        {
            return new StabilityReport(StabilityLevel.Insufficient, null, [], null, []);
        }

        var families = LeaveOut(i => candidates[i].Family);
        IReadOnlyList<string> flipSet = oneModel && models.Flips.Count > 0 ? [candidates[0].Model] : models.Flips;
        var level = winner is null ? StabilityLevel.Contested : models.Flips.Count > 0 ? StabilityLevel.Fragile : StabilityLevel.Stable;
        return families.Units < 2
            ? new StabilityReport(level, models.Score, flipSet, null, [])
            : new StabilityReport(level, models.Score, flipSet, families.Score, families.Flips);

        (int Units, double Score, IReadOnlyList<string> Flips) LeaveOut(Func<int, string> unitOf)
        {
            var units = Enumerable.Range(0, candidates.Count).Where(i => ballot.Votes[i] != Ballot.NoVote)
                .Select(unitOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            var absent = new bool[candidates.Count];
            var flips = new List<string>();
            foreach (var unit in units)
            {
                for (var i = 0; i < absent.Length; i++)
                {
                    absent[i] = unitOf(i) == unit;
                }

                if (!Keeps(absent))
                {
                    flips.Add(unit);
                }
            }

            return (units.Length, units.Length == 0 ? 0 : 1 - ((double)flips.Count / units.Length), flips);
        }

        bool Keeps(bool[] absent)
        {
            var rest = Tally.Count(ballot, absent);
            var minResponses = input.MinResponses is not null ? Math.Min(ballot.MinResponses, rest.Asked) : Ballot.DefaultMinResponses(rest.Asked);
            var restOutcome = policy.Decide(rest, ballot.Quorum, minResponses);
            return winner is null
                ? restOutcome == outcome
                : DecisionPolicy.HasWinner(restOutcome) && rest.Ranking[0] == winner && (restOutcome == outcome || restOutcome == DecisionOutcome.Consensus);
        }
    }
}
