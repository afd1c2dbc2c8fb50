using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Suites;

namespace Consensus.Cli.Benchmarks.Evidence;

/// <summary>Reads evidence suites, and claims suites as such: each response's claims against the other models' texts.</summary>
internal static class EvidenceSuite
{
    /// <summary>The rows, and whether they are of an evidence suite, which is measured in halves.</summary>
    /// <exception cref="InvalidDataException">The file is neither; the message says why.</exception>
    public static (IReadOnlyList<EvidenceItem> Items, bool HasHalves) Read(string path)
    {
        var rows = JsonLines.Read(path, ConsensusJson.Default.JsonElement).ToArray();
        if (rows.Length == 0)
        {
            throw new InvalidDataException($"{path} has no rows.");
        }

        var isEvidence = rows[0].ValueKind == JsonValueKind.Object && rows[0].TryGetProperty("passages", out _);
        EvidenceItem[] items = isEvidence
            ? [.. JsonLines.Read(path, ConsensusJson.Default.EvidenceItem)]
            : [.. JsonLines.Read(path, ConsensusJson.Default.ClaimsItem).Select(OfClaims)];
        foreach (var item in items)
        {
            if (item.Claims.FirstOrDefault(static claim => !ClaimLabels.All.Contains(claim.Label, StringComparer.Ordinal)) is { } claim)
            {
                throw new InvalidDataException($"{path}, row {item.Id}: the label \"{claim.Label}\" is none of {string.Join(", ", ClaimLabels.All)}.");
            }
        }

        return items.Any(static item => item.Claims.Count > 0) ? (items, isEvidence) : throw new InvalidDataException($"{path} has no claims.");
    }

    private static EvidenceItem OfClaims(ClaimsItem item) => new()
    {
        Id = item.Id,
        Passages = [.. item.Others.Select(static other => new SuitePassage(null, other.Text))],
        Claims = [.. item.Claims.Select(static claim => new PassageClaim(claim.Text, claim.Label))],
    };
}
