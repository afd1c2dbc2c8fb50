using Consensus.Core.Evaluation;

namespace Consensus.Core.Benchmarks.Gating;

/// <summary>A figure by which two systems are compared on the same questions.</summary>
public sealed class GateMetric
{
    private readonly Func<GateItem[], double> _of;

    private GateMetric(string name, bool lessIsBetter, double margin, Func<GateItem[], double> of) =>
        (Name, LessIsBetter, DefaultMargin, _of) = (name, lessIsBetter, margin, of);

    /// <summary>The share of questions answered right.</summary>
    public static GateMetric Accuracy { get; } = new("accuracy", false, 0.02, static items => items.Average(static item => item.Correct));

    /// <summary>All of them; the one that counts most first.</summary>
    public static IReadOnlyList<GateMetric> All { get; } =
    [
        Accuracy,
        new("auroc", false, 0.05, static items => Auroc.OfShares(Of(items, static item => item.Confidence), Truths(items)) ?? double.NaN),
        new("ece", true, 0.03, static items => CalibrationError.Expected(CalibrationError.EqualMass(Probabilities(items), Truths(items)))),
        new("brier", true, 0.02, static items => CalibrationError.Brier(Probabilities(items), Truths(items))),
        new("coverage", false, 0.05, static items => items.Average(static item => item.Answered ? 1.0 : 0)),
        new("calls", true, 0.25, static items => items.Average(static item => item.Calls)),
    ];

    /// <summary>The name, as in a file of thresholds.</summary>
    public string Name { get; }

    /// <summary>Whether a smaller figure is the better one.</summary>
    public bool LessIsBetter { get; }

    /// <summary>By how much it may be worse when nothing else is said.</summary>
    public double DefaultMargin { get; }

    /// <summary>The figure of at least one question; not a number where it is not defined.</summary>
    public double Of(GateItem[] items) => _of(items);

    private static double[] Of(GateItem[] items, Converter<GateItem, double> figure) => Array.ConvertAll(items, figure);

    private static double[] Truths(GateItem[] items) => Of(items, static item => item.Correct);

    private static double[] Probabilities(GateItem[] items) => Of(items, static item => item.Probability);
}
