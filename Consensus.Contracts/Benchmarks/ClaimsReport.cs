namespace Consensus.Contracts.Benchmarks;

/// <summary>What <c>consensus bench claims</c> measured on one suite: how well claims that do not hold are found by what the other candidates wrote.</summary>
public sealed record ClaimsReport
{
    /// <summary>The suite's name: its file's without the endings.</summary>
    public required string Suite { get; init; }

    /// <summary>Distinct questions.</summary>
    public required int Questions { get; init; }

    /// <summary>Responses with at least one claim that was scored.</summary>
    public required int Responses { get; init; }

    /// <summary>Claims that were scored.</summary>
    public required int Claims { get; init; }

    /// <summary>Claims left out because there was no other response to hold them against.</summary>
    public required int Unscored { get; init; }

    /// <summary>Of the scored claims those labelled anything but <c>supported</c>.</summary>
    public required int Unsupported { get; init; }

    /// <summary>The area under the ROC curve of the signal that a claim is unsupported.</summary>
    public required double Auroc { get; init; }

    /// <summary>The same of the plain baseline: the weighted share of the claim's words that stand in no other response.</summary>
    public required double AurocIdf { get; init; }

    /// <summary>The same of the length of the response alone, in characters.</summary>
    public required double AurocLength { get; init; }

    /// <summary>The same of the length of the claim alone, in characters.</summary>
    public required double AurocClaimLength { get; init; }

    /// <summary><see cref="Auroc"/> − <see cref="AurocIdf"/>, with its interval.</summary>
    public required MeasuredGain Gain { get; init; }

    /// <summary>A claim counts as predicted unsupported from this signal on.</summary>
    public required double Threshold { get; init; }

    /// <summary>Of the claims predicted unsupported, the share that is; <c>null</c> when none is predicted.</summary>
    public required double? Precision { get; init; }

    /// <summary>Of the unsupported claims, the share that is predicted.</summary>
    public required double Recall { get; init; }

    /// <summary>The mean of the precision over all thresholds, weighted by the recall that each adds.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>The share of unsupported claims a response.</summary>
    public required HallucinationRates HallucinationRate { get; init; }
}

/// <summary>A difference of two figures of the same items.</summary>
/// <param name="Value">The difference.</param>
/// <param name="Low">The lower end of its 95 % bootstrap interval, whole questions drawn.</param>
/// <param name="High">The upper end.</param>
/// <param name="Replicates">How often questions were drawn.</param>
public sealed record MeasuredGain(double Value, double Low, double High, int Replicates);

/// <summary>Hallucination rates of responses: labelled and predicted.</summary>
/// <param name="Observed">The mean over responses of the share of claims that are labelled anything but <c>supported</c>.</param>
/// <param name="Predicted">The mean over responses of the share of claims that are predicted unsupported.</param>
/// <param name="Correlation">Pearson's, over responses, between the two; <c>null</c> when either is the same in all.</param>
/// <param name="LengthCorrelation">The same between the labelled rate and the response's length in characters.</param>
/// <param name="OfText">The rate predicted when the response is split into claims by its sentences, as in a run, where nobody lists its claims.</param>
public sealed record HallucinationRates(double Observed, double Predicted, double? Correlation, double? LengthCorrelation, RateOfText OfText);

/// <summary>Hallucination rates predicted from the responses' texts alone.</summary>
/// <param name="Responses">Responses with at least one checkable claim.</param>
/// <param name="Predicted">Their mean rate; <c>null</c> when there are none.</param>
/// <param name="Correlation">Pearson's, over them, with the labelled rate; <c>null</c> when either is the same in all.</param>
public sealed record RateOfText(int Responses, double? Predicted, double? Correlation);
