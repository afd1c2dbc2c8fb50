namespace Consensus.Core.Claims;

/// <summary>The share of an answer's checkable claims that nothing bears out.</summary>
public static class HallucinationRate
{
    /// <summary>A claim with this support by the other candidates or less counts as unsupported.</summary>
    /// <remarks>Support is no probability. This is the round figure at which the rates predicted on recorded claims come near the labelled ones.</remarks>
    public const double UnsupportedUpTo = 0.1;

    /// <summary>The rate of an answer as far as the other candidates tell.</summary>
    /// <param name="answer">The answer; it is split into claims.</param>
    /// <param name="others">What the other candidates wrote, in any order.</param>
    /// <param name="weights">How much each word tells.</param>
    /// <returns>0 to 1; <c>null</c> when the answer has no checkable claim or there is no other candidate.</returns>
    public static double? ByPanel(string answer, IReadOnlyList<string> others, WordWeights weights)
    {
        string[] claims = [.. ClaimSplitter.Split(answer).Where(static claim => claim.IsCheckable).Select(static claim => claim.Text)];
        return claims.Length == 0 ? null : Of(PanelSupport.Of(claims, others, weights));
    }

    private static double? Of(double[]? support) => support is null ? null : (double)support.Count(static value => value <= UnsupportedUpTo) / support.Length;
}
