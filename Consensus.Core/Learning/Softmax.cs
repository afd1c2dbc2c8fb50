namespace Consensus.Core.Learning;

/// <summary>From scores to probabilities.</summary>
internal static class Softmax
{
    /// <summary>Replaces each score s by exp(s) / Σ exp(s'), without overflow.</summary>
    public static void InPlace(Span<double> scores)
    {
        var top = double.NegativeInfinity;
        foreach (var score in scores)
        {
            top = Math.Max(top, score);
        }

        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Exp(scores[i] - top);
            sum += scores[i];
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] /= sum;
        }
    }
}
