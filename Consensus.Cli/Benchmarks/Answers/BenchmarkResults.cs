using Consensus.Cli.Benchmarks.Live;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Runs;
using Consensus.Core.Benchmarks;
using Consensus.Core.Deciding;
using Consensus.Core.Evaluation;
using Level = Consensus.Core.Stability.StabilityLevel;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Brings scores into the shape of a report, rounded to six places.</summary>
internal static class BenchmarkResults
{
    private const int MostPoints = 100;

    public static BenchmarkResult Of(AnswerSuite suite, ReplayOptions options, IReadOnlyList<QuestionResult> questions, double target)
    {
        var score = BenchmarkScore.Of(questions, target);
        var panel = score.Panel;
        return new BenchmarkResult
        {
            SchemaVersion = BenchmarkResult.CurrentVersion,
            Suite = suite.Name,
            DataSha256 = suite.DataSha256,
            Items = questions.Count,
            Strategy = options.Strategy,
            Options = options.Told,
            Accuracy = Share(score.Overall),
            BestSingle = new SingleModel(panel.Best.Model, Round(panel.Best.Accuracy)),
            MeanSingle = Round(panel.Mean),
            Random = Round(panel.Random),
            Ceiling = Round(panel.Ceiling),
            Auroc = Round(score.Auroc),
            Ece = new CalibrationErrors(
                Round(CalibrationError.Expected(score.WidthBins)), Round(CalibrationError.Expected(score.MassBins)), Round(score.CalibrationLimit)),
            Mce = Round(CalibrationError.Maximum(score.WidthBins)),
            Brier = Round(score.Brier),
            Nll = Round(score.LogLoss),
            ConfidenceUsed = score.IsCalibrated ? "calibrated" : "raw",
            Abstention = score.Abstention is { } abstention ? Abstention(abstention) : null,
            Stability = new StabilityShares(LevelOf(Level.Stable), LevelOf(Level.Fragile),
                LevelOf(Level.Contested), LevelOf(Level.Insufficient),
                score.StableLessFragile is { } difference ? new MeasuredDifference(Round(difference.Point), Round(difference.Low), Round(difference.High)) : null),
            Calls = new CallFigures(Round(score.MeanCalls), Round(score.MeanPanel)),
            ExtractionFailures = panel.Models.ToDictionary(static model => model.Model, static model => model.ExtractionFailures),
            ByModel = panel.Models.ToDictionary(static model => model.Model, static model => Round(model.Accuracy)),
            ByCategory = score.Categories.ToDictionary(static pair => pair.Key, static pair => new CategoryFigures(pair.Value.Items, Share(pair.Value))),
            LatencyMs = Percentiles.Of(questions.Select(static question => question.LatencyMs)),
            Errors = options.Live is null ? null : questions.Select(static question => question.Error).OfType<string>().CountBy(static code => code).ToDictionary(),
            PerQuestionMicroseconds = Math.Round(questions.Average(static question => question.Microseconds), 1),
            ReliabilityBins = [.. score.WidthBins.Select(static bin => new CalibrationBin(
                Round(bin.From), Round(bin.To), bin.Count, Round(bin.MeanConfidence), Round(bin.Accuracy), Round(bin.AccuracyLow), Round(bin.AccuracyHigh)))],
            RiskCoverage = new RiskCoverageFigures(Round(RiskCoverage.Area(score.RiskCoverage)), Points(score.RiskCoverage)),
            Questions = [.. questions.Select(Question)],
        };

        ShareAccuracy LevelOf(Level level) =>
            new(Round((double)score.Stability[level].Items / questions.Count), Round(score.Stability[level].Accuracy));
    }

    private static AbstentionFigures Abstention(AbstentionScore score) => new(
        score.Certificate.Target, Round(score.Coverage), Round(score.Error), score.Certificate.Certified, Round(score.Certificate.Threshold), score.Items);

    // The last point, full coverage, always stays.
    private static RiskPoint[] Points(IReadOnlyList<RiskCoveragePoint> curve)
    {
        var kept = Math.Min(curve.Count, MostPoints);
        return [.. Enumerable.Range(1, kept).Select(i => curve[(int)((long)i * curve.Count / kept) - 1])
            .Select(static point => new RiskPoint(Round(point.Threshold), Round(point.Coverage), Round(point.Risk)))];
    }

    private static BenchmarkQuestionResult Question(QuestionResult question) => new(
        question.Id, question.Category, Round(question.Correct), Round(question.Confidence), Round(question.Calibrated),
        question.Outcome switch
        {
            DecisionOutcome.Consensus => Outcome.Consensus,
            DecisionOutcome.Plurality => Outcome.Plurality,
            DecisionOutcome.NoConsensus => Outcome.NoConsensus,
            _ => Outcome.QuorumNotMet,
        },
        Enum.Parse<StabilityLevel>(question.Stability.ToString()), question.Calls);

    private static MeasuredShare Share(GroupScore score) => new(Round(score.Accuracy!.Value), Round(score.Low), Round(score.High));

    private static double Round(double value) => Math.Round(value, 6);

    private static double? Round(double? value) => value is { } number ? Round(number) : null;
}
