using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Suites;
using Consensus.Core.Claims;
using Consensus.Core.Evidence.Matching;

namespace Consensus.Cli.Benchmarks.Evidence;

/// <summary>A claim with the label that it has and the one that the words give it.</summary>
/// <param name="Part">The half of the suite that it is in.</param>
/// <param name="Claim">The claim.</param>
/// <param name="Said">The label that the words give it, as on the wire.</param>
/// <param name="Coverage">How much of it the best place has.</param>
internal sealed record LabelledPair(string Part, PassageClaim Claim, string Said, double Coverage)
{
    /// <summary>The half to look at while the matcher is made.</summary>
    public const string Tune = "tune";

    /// <summary>The half to report on.</summary>
    public const string HeldOut = "held_out";

    /// <summary>Whether the label is right; a claim that is unsupported may be contradicted or not said.</summary>
    public bool IsRight => Claim.Label == Said || (Claim.Label == ClaimLabels.Unsupported && Said != ClaimLabels.Supported);

    /// <summary>Labels the claims of a row.</summary>
    public static IEnumerable<LabelledPair> Of(EvidenceItem item, bool hasHalves)
    {
        var part = !hasHalves ? "all" : SHA256.HashData(Encoding.UTF8.GetBytes(item.Id))[0] % 2 == 0 ? Tune : HeldOut;
        ReferenceText[] passages = [.. item.Passages.Select(static passage => new ReferenceText(passage.Text, passage.Title))];
        var weights = WordWeights.Of(item.Passages.Select(static passage => passage.Text));
        foreach (var claim in item.Claims)
        {
            var evidence = EvidenceMatcher.Match(claim.Text, passages, weights);
            yield return new LabelledPair(part, claim, WordOf(evidence.Label), evidence.Coverage);
        }
    }

    private static string WordOf(EvidenceLabel label) => label switch
    {
        EvidenceLabel.Supported => ClaimLabels.Supported,
        EvidenceLabel.Contradicted => ClaimLabels.Contradicted,
        _ => ClaimLabels.NotEnough,
    };
}
