using Consensus.Contracts.Benchmarks;
using Consensus.Core.Judging;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary>Measures panels of judges on a suite, fitted on halves of it or before.</summary>
internal static class JudgesBench
{
    /// <summary>How often the suite is halved.</summary>
    public const int Splits = 20;

    /// <summary>A strategy of fewer pairs is not measured: a half of it would show nothing.</summary>
    public const int LeastPairs = 2 * AnchoredPanel.LeastPairs;

    /// <summary>Fits on every half and scores on the other.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="tell">Told how many of how many fits are done; called from several threads.</param>
    /// <param name="cancellationToken">Stops between two fits.</param>
    /// <exception cref="InvalidDataException">No strategy of the suite can be measured.</exception>
    public static JudgesReport OnHalves(JudgesSuite suite, Action<int, int> tell, CancellationToken cancellationToken)
    {
        var strata = suite.Strata();
        bool[][] halves = [.. Enumerable.Range(0, Splits).Select(split => HalfSplits.Deal(strata, (ulong)split))];
        var measured = suite.Strategies.Where(strategy => strategy.Pairs.Count >= LeastPairs && halves.All(half => Divides(half, strategy))).ToArray();
        if (measured.Length == 0)
        {
            throw new InvalidDataException($"{suite.Name}: no prompt strategy has the {LeastPairs} pairs that it takes to fit on one half and score on the other.");
        }

        var steps = new Steps(measured.Length * Splits, tell, cancellationToken);
        StrategyScores[] scores =
        [
            .. measured.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(strategy => StrategyScores.OnHalves(strategy, halves, steps)),
        ];
        var leftOut = suite.Strategies.Except(measured).Select(strategy => new StrategyLeftOut(strategy.Strategy, $"fewer than {LeastPairs} pairs, or none in a half"));
        return Report(suite, null, scores, [.. leftOut]);
    }

    /// <summary>Scores weights that were fitted before on the whole suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="fitted">The weights.</param>
    /// <param name="file">The file that they come from.</param>
    /// <param name="tell">Told how many of how many strategies are scored.</param>
    /// <param name="cancellationToken">Stops between two strategies.</param>
    /// <exception cref="InvalidDataException">The weights are of none of the suite's strategies.</exception>
    public static JudgesReport OfFitted(JudgesSuite suite, FittedJudges fitted, string file, Action<int, int> tell, CancellationToken cancellationToken)
    {
        var known = fitted.Strategies.ToDictionary(strategy => strategy.Strategy, StringComparer.Ordinal);
        var measured = suite.Strategies.Where(strategy => known.ContainsKey(strategy.Strategy)).ToArray();
        if (measured.Length == 0)
        {
            throw new InvalidDataException($"{file} has weights of none of the prompt strategies of {suite.Name}.");
        }

        var source = new FittedSource(Path.GetFileName(file), fitted.Sha256, fitted.Sha256 == suite.Sha256);
        var steps = new Steps(measured.Length, tell, cancellationToken);
        var scores = Array.ConvertAll(measured, strategy =>
        {
            var score = StrategyScores.OfFitted(strategy, known[strategy.Strategy]);
            steps.Done();
            return score;
        });
        return Report(suite, source, scores, [.. suite.Strategies.Except(measured).Select(strategy => new StrategyLeftOut(strategy.Strategy, "no fitted weights"))]);
    }

    private static bool Divides(bool[] half, StrategyPanel strategy) => strategy.Items.Any(item => half[item]) && !strategy.Items.All(item => half[item]);

    private static JudgesReport Report(JudgesSuite suite, FittedSource? fitted, StrategyScores[] scores, IReadOnlyList<StrategyLeftOut> leftOut)
    {
        StrategyFigures[] strategies = [.. scores.Select(score => score.Figures())];
        var flips = strategies.Select(s => s.FlipRate).OfType<double>().ToArray();
        return new JudgesReport
        {
            Suite = suite.Name, Sha256 = suite.Sha256, Pairs = suite.Items.Count, Splits = fitted is null ? Splits : 0, Fitted = fitted,
            Strategies = strategies, LeftOut = leftOut,
            Mean = new MeanFigures(
                Figure.Round(strategies.Average(s => s.Best.Accuracy)), Figure.Round(strategies.Average(s => s.Majority)), Figure.Round(strategies.Average(s => s.BothOrders)),
                Figure.Round(strategies.Average(s => s.DawidSkene)), Figure.Round(strategies.Average(s => s.Anchored)),
                Figure.Gain([.. Enumerable.Range(0, scores[0].Splits.Count).Select(split => scores.Average(s => s.Splits[split].Anchored - s.Splits[split].Best))], fitted is null),
                strategies.Min(s => s.Gain.Value), flips.Length == 0 ? null : Figure.Round(flips.Average())),
        };
    }
}
