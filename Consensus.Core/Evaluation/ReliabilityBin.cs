namespace Consensus.Core.Evaluation;

/// <summary>A bin of a reliability diagram, never empty.</summary>
/// <param name="From">Where the bin starts: its edge in bins of equal width, its least confidence in bins of equal mass.</param>
/// <param name="To">Where the bin ends: its edge, or its greatest confidence.</param>
/// <param name="Count">The cases in it, at least 1.</param>
/// <param name="MeanConfidence">The mean of their confidences.</param>
/// <param name="Accuracy">The mean of their truths.</param>
/// <param name="AccuracyLow">The lower end of Wilson's 95 % interval of the accuracy.</param>
/// <param name="AccuracyHigh">The upper end.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double MeanConfidence, double Accuracy, double AccuracyLow, double AccuracyHigh)
{
    /// <summary>By how much confidence and accuracy differ.</summary>
    public double Gap => Math.Abs(Accuracy - MeanConfidence);

    internal static ReliabilityBin Of(double from, double to, int count, double confidences, double truths)
    {
        // Sums of shares may pass the count, and a mean its bin's ends, by a rounding.
        var hits = Math.Min(truths, count);
        var (low, high) = ProportionInterval.Wilson(hits, count);
        return new ReliabilityBin(from, to, count, Math.Clamp(confidences / count, from, to), hits / count, low, high);
    }
}
