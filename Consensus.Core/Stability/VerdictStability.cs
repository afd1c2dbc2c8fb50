using Consensus.Core.Deciding;

namespace Consensus.Core.Stability;

/// <summary>Everything that is said about the stability of a verdict.</summary>
internal static class VerdictStability
{
    public static StabilityReport Measure(DecisionPolicy policy, Ballot ballot, Tally tally, DecisionOutcome outcome, DecisionInput input, bool resample)
    {
        var report = Jackknife.Measure(policy, ballot, tally, outcome, input);
        return report with
        {
            Bootstrap = resample && report.Level != StabilityLevel.Insufficient ? Bootstrap.Measure(policy, ballot, tally, outcome, input) : null,
            Repeatability = Repeatability(ballot, input.Candidates),
        };
    }

    private static ModelRepeatability[] Repeatability(Ballot ballot, IReadOnlyList<CandidateText> candidates) =>
    [
        .. Enumerable.Range(0, candidates.Count)
            .GroupBy(i => candidates[i].Model, i => ballot.Votes[i], StringComparer.Ordinal)
            .Where(model => model.Skip(1).Any())
            .OrderBy(model => model.Key, StringComparer.Ordinal)
            .Select(model => Repeatability(model.Key, [.. model.Where(vote => vote != Ballot.NoVote)])),
    ];

    private static ModelRepeatability Repeatability(string model, int[] votes)
    {
        var agreeing = votes.CountBy(vote => vote).Sum(cluster => cluster.Value * (cluster.Value - 1L));
        return new ModelRepeatability(model, votes.Length, votes.Length < 2 ? null : agreeing / (votes.Length * (votes.Length - 1.0)));
    }
}
