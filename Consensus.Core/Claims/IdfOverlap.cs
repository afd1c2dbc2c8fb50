namespace Consensus.Core.Claims;

/// <summary>The plain baseline that <see cref="PanelSupport"/> is measured beside: which of a claim's words stand in any other text.</summary>
public static class IdfOverlap
{
    /// <summary>The share of a claim's distinct words, by weight, that stand in at least one of the texts; common words count too.</summary>
    /// <returns>0 to 1; 0 for a claim without words.</returns>
    public static double Of(string claim, IReadOnlyList<string> others, WordWeights weights)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(weights);
        var union = others.SelectMany(Forms).ToHashSet(StringComparer.Ordinal);
        var (have, all) = (0.0, 0.0);
        foreach (var form in Forms(claim).Distinct(StringComparer.Ordinal))
        {
            var weight = weights.Of(form);
            all += weight;
            have += union.Contains(form) ? weight : 0;
        }

        return all > 0 ? have / all : 0;
    }

    private static IEnumerable<string> Forms(string text) => ClaimTokens.Of(text).Select(static token => token.Form);
}
