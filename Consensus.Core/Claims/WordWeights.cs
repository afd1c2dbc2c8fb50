namespace Consensus.Core.Claims;

/// <summary>How much each word tells: rare words more than common ones.</summary>
/// <remarks>
/// The smoothed inverse document frequency, 1 + ln((N + 1) / (n + 1)) for a word in n of N texts; Spärck Jones (1972), "A Statistical Interpretation of Term
/// Specificity and its Application in Retrieval".
/// </remarks>
public sealed class WordWeights
{
    private readonly Dictionary<string, int> _texts;
    private readonly int _count;

    private WordWeights(Dictionary<string, int> texts, int count) => (_texts, _count) = (texts, count);

    /// <summary>Every word weighs 1: nothing is known about how common words are.</summary>
    public static WordWeights Equal { get; } = new([], 0);

    /// <summary>Learns from texts; equal texts count once, and their order does not matter.</summary>
    public static WordWeights Of(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        var count = 0;
        foreach (var text in texts.ToHashSet(StringComparer.Ordinal))
        {
            count++;
            foreach (var form in ClaimTokens.Of(text).Select(static token => token.Form).ToHashSet(StringComparer.Ordinal))
            {
                counts[form] = counts.GetValueOrDefault(form) + 1;
            }
        }

        return new WordWeights(counts, count);
    }

    /// <summary>The weight of a token's form; at least 1.</summary>
    internal double Of(string form) => 1 + Math.Log((_count + 1.0) / (_texts.GetValueOrDefault(form) + 1));
}
