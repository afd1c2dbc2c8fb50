using Consensus.Core.Evaluation;
using Consensus.Core.Stability;

namespace Consensus.Core.Benchmarks;

/// <summary>
/// Every figure of a benchmark that follows from its questions' results. Ranking figures use raw confidence; those of calibration what <see cref="IsCalibrated"/> says.
/// </summary>
public sealed record BenchmarkScore
{
    private const ulong Seed = 1;
    private const int Replicates = 1000;

    /// <summary>Accuracy over all questions.</summary>
    public required GroupScore Overall { get; init; }

    /// <summary>The members alone.</summary>
    public required PanelScore Panel { get; init; }

    /// <summary>Whether calibration was measured on calibrated confidences; else, where not every question has one, on raw ones.</summary>
    public required bool IsCalibrated { get; init; }

    /// <summary>The area under the ROC curve of raw confidence; <c>null</c> when all questions are right or all wrong.</summary>
    public required double? Auroc { get; init; }

    /// <summary>Bins of equal width.</summary>
    public required IReadOnlyList<ReliabilityBin> WidthBins { get; init; }

    /// <summary>Bins of equal mass.</summary>
    public required IReadOnlyList<ReliabilityBin> MassBins { get; init; }

    /// <summary>What calibrated forecasts of these values stay below in 95 of 100 sets of questions, with bins of equal mass.</summary>
    public required double CalibrationLimit { get; init; }

    /// <summary>The Brier score.</summary>
    public required double Brier { get; init; }

    /// <summary>The mean negative log-likelihood in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Risk against coverage by raw confidence.</summary>
    public required IReadOnlyList<RiskCoveragePoint> RiskCoverage { get; init; }

    /// <summary>Answering only from a certified confidence on; <c>null</c> for a single question.</summary>
    public required AbstentionScore? Abstention { get; init; }

    /// <summary>Per level of stability: the questions that have it.</summary>
    public required IReadOnlyDictionary<StabilityLevel, GroupScore> Stability { get; init; }

    /// <summary>The accuracy of stable verdicts less that of fragile ones, whole questions drawn anew; <c>null</c> where either has no question.</summary>
    public required BootstrapInterval? StableLessFragile { get; init; }

    /// <summary>Per category, by name; empty where the questions have none.</summary>
    public required IReadOnlyDictionary<string, GroupScore> Categories { get; init; }

    /// <summary>The mean number of models asked.</summary>
    public required double MeanCalls { get; init; }

    /// <summary>The mean size of the panel.</summary>
    public required double MeanPanel { get; init; }

    /// <summary>Scores questions.</summary>
    /// <param name="questions">At least one.</param>
    /// <param name="target">The largest allowed share of wrong answers, within 0 and 1, for abstention.</param>
    /// <exception cref="ArgumentException">There are no questions, or the target is out of its range.</exception>
    public static BenchmarkScore Of(IReadOnlyList<QuestionResult> questions, double target)
    {
        double[] correct = [.. questions.Select(static q => q.Correct)];
        double[] raw = [.. questions.Select(static q => q.Confidence)];
        var isCalibrated = questions.All(static q => q.Calibrated is not null);
        double[] confidences = isCalibrated ? [.. questions.Select(static q => q.Calibrated!.Value)] : raw;
        return new BenchmarkScore
        {
            Overall = GroupScore.Of(questions),
            Panel = PanelScore.Of(questions),
            IsCalibrated = isCalibrated,
            Auroc = Evaluation.Auroc.OfShares(raw, correct),
            WidthBins = CalibrationError.EqualWidth(confidences, correct),
            MassBins = CalibrationError.EqualMass(confidences, correct),
            CalibrationLimit = ConsistencyLimit.Of(confidences, Seed),
            Brier = CalibrationError.Brier(confidences, correct),
            LogLoss = CalibrationError.LogLoss(confidences, correct),
            RiskCoverage = Evaluation.RiskCoverage.Curve(raw, correct),
            Abstention = AbstentionScore.Of(questions, target, Seed),
            Stability = Enum.GetValues<StabilityLevel>().ToDictionary(level => level, level => GroupScore.Of([.. questions.Where(q => q.Stability == level)])),
            StableLessFragile = Difference(questions),
            Categories = questions.Where(static q => q.Category is not null).GroupBy(static q => q.Category!, StringComparer.Ordinal)
                .OrderBy(static group => group.Key, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => GroupScore.Of([.. group])),
            MeanCalls = questions.Average(static q => q.Calls),
            MeanPanel = questions.Average(static q => q.Members.Count),
        };
    }

    private static BootstrapInterval? Difference(IReadOnlyList<QuestionResult> questions)
    {
        if (!questions.Any(static q => q.Stability == StabilityLevel.Stable) || !questions.Any(static q => q.Stability == StabilityLevel.Fragile))
        {
            return null;
        }

        return PairedBootstrap.Clustered(
            [.. Enumerable.Range(0, questions.Count)], drawn => Mean(drawn, StabilityLevel.Stable) - Mean(drawn, StabilityLevel.Fragile), Replicates, Seed);

        double Mean(ReadOnlySpan<int> drawn, StabilityLevel level)
        {
            var (right, count) = (0.0, 0);
            foreach (var i in drawn)
            {
                if (questions[i].Stability == level)
                {
                    right += questions[i].Correct;
                    count++;
                }
            }

            return right / count;
        }
    }
}

/// <summary>The accuracy of a group of questions.</summary>
/// <param name="Items">How many there are.</param>
/// <param name="Accuracy">The mean of what they have of a right answer; <c>null</c> of none.</param>
/// <param name="Low">The lower end of Wilson's 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record GroupScore(int Items, double? Accuracy, double Low, double High)
{
    internal static GroupScore Of(IReadOnlyList<QuestionResult> questions)
    {
        var right = questions.Sum(static question => question.Correct);
        var (low, high) = ProportionInterval.Wilson(Math.Min(right, questions.Count), questions.Count);
        return new GroupScore(questions.Count, questions.Count == 0 ? null : right / questions.Count, low, high);
    }
}
