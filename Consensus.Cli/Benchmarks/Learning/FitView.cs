using Consensus.Cli.Display;
using Consensus.Core.Deciding;
using Consensus.Core.Fitting;
using Consensus.Storage.Fitting;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Learning;

/// <summary>What a fit came to, for people; every figure is cross-validated.</summary>
internal static class FitView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<(string Suite, FittedPanel Panel)> panels)
    {
        foreach (var (suite, panel) in panels)
        {
            var fit = panel.Fit;
            Line(SafeText.Line(suite, 60), Styles.Strong);
            Line($"  {fit.Questions} questions, {fit.Models.Count} models, kind {fit.Kind.ToString().ToLowerInvariant()}, {fit.EffectiveAlternatives.Value:0.00} effective alternatives");
            if (fit.Learned is { Guard: var guard } learned)
            {
                Line($"  gain over counting votes: {guard.Gain.Point:+0.0000;-0.0000} nats a question, 95 % interval {guard.Gain.Low:+0.0000;-0.0000} to {guard.Gain.High:+0.0000;-0.0000}");
                Line($"  accuracy {guard.Accuracy:0.0000}, plurality {guard.PluralityAccuracy:0.0000}; AUROC {guard.Auroc:0.000}, vote share {guard.ShareAuroc:0.000}");
                Line($"  {(guard.Adopted ? "learned decides" : "majority decides instead")}: {guard.Reason}", guard.Adopted ? Styles.Strong : Styles.Quiet);
                Line($"  weights by {(learned.Shape.Categories ? "model and category" : "model")}{(learned.Shape.Lengths ? ", and by the length of the text" : "")}", Styles.Quiet);
            }
            else
            {
                Line("  too few questions for a learned vote", Styles.Quiet);
            }

            foreach (var calibration in fit.Calibrations.Where(static c => c.Strategy is Strategies.Majority or Strategies.Weighted or Strategies.Learned))
            {
                Line($"  calibration of {calibration.Strategy}: ECE {calibration.RawError:0.000} raw, {calibration.CalibratedError:0.000} calibrated", Styles.Quiet);
            }

            if (fit.Calibrations.Count == 0)
            {
                Line($"  no calibration: it needs {StrategyCalibration.LeastQuestions} questions", Styles.Quiet);
            }
        }

        void Line(string text, Style? style = null) => console.Write(new Text(text + "\n", style));
    }
}
