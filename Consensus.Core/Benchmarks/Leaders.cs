using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.Core.Benchmarks;

/// <summary>Who leads, whatever the outcome.</summary>
/// <param name="Answers">The answers of the leading clusters: one, or several in a tie; none where nobody answered.</param>
/// <param name="Confidence">The strategy's raw confidence in the first of them; 0 without one.</param>
/// <param name="Calibrated">The calibrated one, where a map holds for the panel.</param>
internal readonly record struct Leaders(IReadOnlyList<Answer> Answers, double Confidence, double? Calibrated)
{
    // As a tally has it: closer than this is equal.
    private const double Epsilon = 1e-9;

    /// <summary>The winner of a decision, or else those that lead its count.</summary>
    public static Leaders Of(DecisionInput input, Decision decision)
    {
        if (decision is { Winner: { } winner, Confidence: { } sure })
        {
            return new Leaders([decision.Answers[winner.Representative]!], sure, decision.CalibratedConfidence);
        }

        var (policy, reading, ballot, clusters, context) = Decider.Prepare(input);
        var tally = Tally.Count(ballot);
        var standing = tally.Scores ?? [.. tally.Weights.Select(weight => weight / tally.AskedWeight)];
        var confidence = tally.Ranking.Length == 0 ? 0 : policy.Confidence(ballot, tally, context);
        return new Leaders(
            [.. tally.Ranking.TakeWhile(k => standing[k] >= standing[tally.Ranking[0]] - Epsilon).Select(k => reading.Answers[clusters[k].Representative]!)],
            confidence,
            Decider.CalibrationOf(input, context)?.Map.Apply(confidence));
    }
}
