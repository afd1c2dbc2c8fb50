namespace Consensus.Contracts.Benchmarks;

/// <summary>
/// What <c>consensus bench judges</c> measured on one suite: how well panels of judges find the better of two outputs. Accuracies are 0 to 1, a tie counts one
/// half.
/// </summary>
public sealed record JudgesReport
{
    /// <summary>The suite's name: its file's without the endings.</summary>
    public required string Suite { get; init; }

    /// <summary>SHA-256 of the suite's uncompressed bytes, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Pairs of outputs in the suite.</summary>
    public required int Pairs { get; init; }

    /// <summary>Random halves that were fitted on, each scored on the other half; 0 when fitted weights were scored on the whole suite.</summary>
    public required int Splits { get; init; }

    /// <summary>The weights that were scored; <c>null</c> when they were fitted on halves.</summary>
    public required FittedSource? Fitted { get; init; }

    /// <summary>One entry per prompt strategy, by name.</summary>
    public required IReadOnlyList<StrategyFigures> Strategies { get; init; }

    /// <summary>Prompt strategies that were not measured, and why.</summary>
    public required IReadOnlyList<StrategyLeftOut> LeftOut { get; init; }

    /// <summary>The means over the strategies, each strategy counting alike.</summary>
    public required MeanFigures Mean { get; init; }
}

/// <summary>Where fitted weights come from.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Sha256">SHA-256 of the uncompressed suite that they were fitted on.</param>
/// <param name="InSample">Whether that is the suite that was scored, so that the figures say nothing of new pairs.</param>
public sealed record FittedSource(string File, string Sha256, bool InSample);

/// <summary>The figures of one prompt strategy: means over the splits.</summary>
public sealed record StrategyFigures
{
    /// <summary>The strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>Its pairs in the suite.</summary>
    public required int Pairs { get; init; }

    /// <summary>The best judge of the fitting half, scored on the other.</summary>
    public required BestJudgeFigures Best { get; init; }

    /// <summary>The majority of the judges when output 1 is shown first.</summary>
    public required double Majority { get; init; }

    /// <summary>The majority of the judges, each with both orders merged.</summary>
    public required double BothOrders { get; init; }

    /// <summary>One-coin Dawid–Skene over the merged votes, without truths.</summary>
    public required double DawidSkene { get; init; }

    /// <summary>Weights over both orders, fitted on the fitting half; the best judge where no gain was shown there.</summary>
    public required double Anchored { get; init; }

    /// <summary><see cref="Anchored"/> − the best judge.</summary>
    public required SplitGain Gain { get; init; }

    /// <summary>The share of the splits in which the weights fell back to the best judge.</summary>
    public required double FellBack { get; init; }

    /// <summary>Of the judges' pairs with two usable verdicts, the share where the order changed the vote; <c>null</c> without such a pair.</summary>
    public required double? FlipRate { get; init; }

    /// <summary>Each judge on all pairs.</summary>
    public required IReadOnlyList<SingleJudgeFigures> Judges { get; init; }
}

/// <summary>The best judge of the fitting half.</summary>
/// <param name="Judge">The judge that was best most often.</param>
/// <param name="Accuracy">The accuracy of whichever was best, on the other half.</param>
public sealed record BestJudgeFigures(string Judge, double Accuracy);

/// <summary>A gain in accuracy, −1 to 1.</summary>
/// <param name="Value">The mean over the splits.</param>
/// <param name="Low">The 2.5 % quantile over the splits; <c>null</c> without splits.</param>
/// <param name="High">The 97.5 % quantile.</param>
public sealed record SplitGain(double Value, double? Low, double? High);

/// <summary>One judge on all pairs of a strategy.</summary>
/// <param name="Judge">The judge.</param>
/// <param name="Accuracy">Its share of right votes, both orders merged.</param>
/// <param name="FlipRate">Of its pairs with two usable verdicts, the share where the order changed the vote.</param>
/// <param name="FirstShown">The share of its usable verdicts that chose the output shown first; ½ without position bias.</param>
/// <param name="Unusable">The share of its verdicts that is missing or not usable.</param>
public sealed record SingleJudgeFigures(string Judge, double Accuracy, double? FlipRate, double? FirstShown, double Unusable);

/// <summary>A prompt strategy that was not measured.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Reason">Why.</param>
public sealed record StrategyLeftOut(string Strategy, string Reason);

/// <summary>Means over the strategies.</summary>
/// <param name="Best">Of the best judge of the fitting half.</param>
/// <param name="Majority">Of the majority in one order.</param>
/// <param name="BothOrders">Of the majority over both orders.</param>
/// <param name="DawidSkene">Of Dawid–Skene.</param>
/// <param name="Anchored">Of the fitted weights.</param>
/// <param name="Gain">Of the gain of the weights over the best judge; its quantiles are of the splits' means.</param>
/// <param name="WorstGain">The least gain of a strategy.</param>
/// <param name="FlipRate">Of the flip rate.</param>
public sealed record MeanFigures(
    double Best, double Majority, double BothOrders, double DawidSkene, double Anchored, SplitGain Gain, double WorstGain, double? FlipRate);
