namespace Consensus.Core.Judging;

/// <summary>What a panel of judges makes of checked claims.</summary>
public static class CheckedClaims
{
    /// <summary>
    /// The hallucination rate: the share of the claims that most judges with a label call contradicted or not borne out. Judges that stand even settle it as a
    /// coin would: one half. A claim without any label is left out.
    /// </summary>
    /// <param name="claims">The claims of one candidate.</param>
    /// <returns>0 to 1; <c>null</c> when no claim has a label.</returns>
    public static double? HallucinationRate(IEnumerable<CheckedClaim> claims)
    {
        var (count, unsupported) = (0, 0.0);
        foreach (var claim in claims)
        {
            var labels = claim.Labels.OfType<ClaimLabel>().ToArray();
            var against = labels.Count(label => label != ClaimLabel.Supported);
            count += labels.Length > 0 ? 1 : 0;
            unsupported += (2 * against).CompareTo(labels.Length) switch { > 0 => 1, < 0 => 0, _ => labels.Length == 0 ? 0 : 0.5 };
        }

        return count == 0 ? null : unsupported / count;
    }
}
