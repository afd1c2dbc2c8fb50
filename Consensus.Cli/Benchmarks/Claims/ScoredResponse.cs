using Consensus.Contracts.Suites;
using Consensus.Core.Claims;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary>A response of a claims suite and the signals of its claims; each signal is the larger the less a claim seems to hold.</summary>
/// <param name="Item">The response.</param>
/// <param name="IsUnsupported">One a claim: labelled anything but supported.</param>
/// <param name="Signal">1 − the support by the other candidates.</param>
/// <param name="Baseline">1 − the plain overlap with them.</param>
internal sealed record ScoredResponse(ClaimsItem Item, bool[] IsUnsupported, double[] Signal, double[] Baseline)
{
    /// <summary>Scores a response; <c>null</c> when it has no claims, or nothing to hold them against.</summary>
    public static ScoredResponse? Of(ClaimsItem item, WordWeights weights)
    {
        string[] claims = [.. item.Claims.Select(static claim => claim.Text)];
        string[] others = [.. item.Others.Select(static other => other.Text)];
        return claims.Length == 0 || PanelSupport.Of(claims, others, weights) is not { } support ? null : new ScoredResponse(
            item,
            [.. item.Claims.Select(static claim => claim.Label != ClaimLabels.Supported)],
            Array.ConvertAll(support, static value => 1 - value),
            Array.ConvertAll(claims, claim => 1 - IdfOverlap.Of(claim, others, weights)));
    }
}
