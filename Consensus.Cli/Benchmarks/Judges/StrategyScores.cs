using Consensus.Contracts.Benchmarks;
using Consensus.Core.Judging;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary>What one prompt strategy scored, split by split.</summary>
/// <param name="Panel">The strategy.</param>
/// <param name="Fits">What was fitted in each split.</param>
/// <param name="Splits">What it scored on the rest.</param>
internal sealed record StrategyScores(StrategyPanel Panel, IReadOnlyList<AnchoredPanel> Fits, IReadOnlyList<PanelScores> Splits)
{
    /// <param name="panel">The strategy.</param>
    /// <param name="halves">By split, then item of the suite: whether it is fitted on.</param>
    /// <param name="steps">A step a split.</param>
    public static StrategyScores OnHalves(StrategyPanel panel, bool[][] halves, Steps steps)
    {
        // It sees no truths, so it may see all the votes.
        var dawidSkene = PanelVote.DawidSkene(panel.Pairs);
        List<AnchoredPanel> fits = [];
        List<PanelScores> scores = [];
        for (var split = 0; split < halves.Length; split++)
        {
            var fitting = panel.Items.Select(item => halves[split][item]).ToArray();
            var test = Enumerable.Range(0, panel.Pairs.Count).Where(i => !fitting[i]).ToArray();
            var fit = AnchoredPanel.Fit([.. panel.Pairs.Where((_, i) => fitting[i])], (ulong)split);
            fits.Add(fit);
            scores.Add(PanelScores.Of([.. test.Select(i => panel.Pairs[i])], [.. test.Select(i => dawidSkene[i])], fit));
            steps.Done();
        }

        return new StrategyScores(panel, fits, scores);
    }

    /// <summary>Scores weights fitted before on all pairs; a judge that they do not know has no weight, but its vote in the majorities.</summary>
    public static StrategyScores OfFitted(StrategyPanel panel, FittedStrategy fitted)
    {
        var weights = fitted.Judges.ToDictionary(judge => judge.Judge, judge => judge.Weight, StringComparer.Ordinal);
        var all = panel.As([.. panel.Judges.Union(weights.Keys, StringComparer.Ordinal)]);
        var fit = new AnchoredPanel
        {
            Weights = [.. all.Judges.Select(judge => weights.GetValueOrDefault(judge))], Best = all.Judges.ToList().IndexOf(fitted.Best),
            FellBack = fitted.FellBack, Gain = fitted.CrossValidatedGain, Regularisation = fitted.Regularisation,
        };
        return new StrategyScores(all, [fit], [PanelScores.Of(all.Pairs, PanelVote.DawidSkene(all.Pairs), fit)]);
    }

    public StrategyFigures Figures()
    {
        var mean = PanelScores.Mean([.. Splits]);
        var best = Fits.CountBy(fit => fit.Best).MaxBy(count => (count.Value, -count.Key)).Key;
        return new StrategyFigures
        {
            Strategy = Panel.Strategy, Pairs = Panel.Pairs.Count, Best = new BestJudgeFigures(Panel.Judges[best], Figure.Round(mean.Best)),
            Majority = Figure.Round(mean.Majority), BothOrders = Figure.Round(mean.BothOrders), DawidSkene = Figure.Round(mean.DawidSkene), Anchored = Figure.Round(mean.Anchored),
            Gain = Figure.Gain([.. Splits.Select(split => split.Anchored - split.Best)], Splits.Count > 1),
            FellBack = Figure.Round(Fits.Average(fit => fit.FellBack ? 1.0 : 0)), FlipRate = Figure.Round(JudgeFigures.PanelFlipRate(Panel.Pairs)),
            Judges = [.. Panel.Judges.Select((judge, place) => Figures(judge, JudgeFigures.Of(Panel.Pairs, place)))],
        };
    }

    private static SingleJudgeFigures Figures(string judge, JudgeFigures figures) => new(
        judge, Figure.Round(figures.Accuracy), Figure.Round(figures.FlipRate), Figure.Round(figures.FirstShown), Figure.Round(figures.Unusable));
}
