using Consensus.Contracts.Json;
using Consensus.Contracts.Suites;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary>Reads claims suites and says what is wrong with one that cannot be measured on.</summary>
internal static class ClaimsSuite
{
    /// <exception cref="InvalidDataException">The file is no claims suite; the message says why.</exception>
    public static IReadOnlyList<ClaimsItem> Read(string path)
    {
        var items = JsonLines.Read(path, ConsensusJson.Default.ClaimsItem).ToArray();
        if (items.Length == 0)
        {
            throw new InvalidDataException($"{path} has no responses.");
        }

        foreach (var item in items)
        {
            foreach (var claim in item.Claims)
            {
                if (!ClaimLabels.All.Contains(claim.Label, StringComparer.Ordinal))
                {
                    throw new InvalidDataException($"{path}, response {item.Id}: the label \"{claim.Label}\" is none of {string.Join(", ", ClaimLabels.All)}.");
                }
            }
        }

        return items;
    }
}
