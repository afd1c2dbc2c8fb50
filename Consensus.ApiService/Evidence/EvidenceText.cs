using System.Text;
using Consensus.Contracts.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>Writes an answer so that it shows which of its claims can be relied on.</summary>
internal static class EvidenceText
{
    /// <summary>What a claim is marked with that no passage bears out.</summary>
    public const string NotSupported = "[not supported]";

    /// <summary>What a claim is marked with that a passage speaks against.</summary>
    public const string Contradicted = "[contradicted]";

    private const string Closing = ".!?。！？…";

    /// <summary>The text with the numbers of the passages after each supported claim; the others are marked or left out.</summary>
    /// <param name="text">The text that was checked.</param>
    /// <param name="claims">Its claims, in their order.</param>
    /// <param name="unsupported">What becomes of claims that are not supported.</param>
    /// <returns>The text; empty when nothing is left.</returns>
    public static string Write(string text, IReadOnlyList<EvidenceClaim> claims, UnsupportedClaims unsupported)
    {
        var written = new StringBuilder();
        var at = 0;
        foreach (var claim in claims)
        {
            var between = text.AsSpan(at, claim.Start - at);
            at = claim.End;
            if (claim.Label is not (null or EvidenceLabel.Supported) && unsupported == UnsupportedClaims.Remove)
            {
                // A line that it began still ends the one before.
                written.Append(between.Contains('\n') && written.Length > 0 ? "\n" : "");
                continue;
            }

            written.Append(between);
            Append(written, claim);
        }

        return written.Append(text.AsSpan(at)).ToString().Trim();
    }

    private static void Append(StringBuilder written, EvidenceClaim claim)
    {
        var mark = claim.Label switch
        {
            null => "",
            EvidenceLabel.Supported => string.Concat(Supporting(claim).Select(static number => $"[{number}]")),
            EvidenceLabel.Contradicted => Contradicted,
            _ => NotSupported,
        };
        var text = claim.Text ?? "";
        var end = text.AsSpan().TrimEnd(Closing).Length;
        written.Append(text.AsSpan(0, end)).Append(mark.Length > 0 ? " " : "").Append(mark).Append(text.AsSpan(end));
    }

    private static IEnumerable<int> Supporting(EvidenceClaim claim) =>
        claim.Citations.Where(static citation => citation.Label == EvidenceLabel.Supported).Select(static citation => citation.Passage).Distinct().Order();
}
