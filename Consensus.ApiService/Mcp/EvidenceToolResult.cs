using System.Globalization;
using System.Text;
using System.Text.Json;
using Consensus.ApiService.Http;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using ModelContextProtocol.Protocol;

namespace Consensus.ApiService.Mcp;

/// <summary>From an evidence record to what a tool gives back.</summary>
internal static class EvidenceToolResult
{
    public static CallToolResult Of(EvidenceRecord record) => new()
    {
        Content = [new TextContentBlock { Text = Text(record) }],
        StructuredContent = JsonSerializer.SerializeToElement(record, WireJson.Default.EvidenceRecord),
    };

    private static string Text(EvidenceRecord record)
    {
        var text = new StringBuilder(record.Text ?? $"There is no answer that could be defended ({WireName.Of(record.AbstainReason)}).");
        text.Append("\n\n");
        if (record.Figures is { } figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{figures.Supported} of {figures.Claims} claims are supported, {figures.Contradicted} contradicted, {figures.NotEnough} neither.\n");
        }

        foreach (var claim in record.Claims.Where(static claim => claim.Checkable))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {WireName.Of(claim.Label)}: {claim.Text}\n");
            foreach (var place in claim.Citations.Where(place => place.Label == claim.Label))
            {
                text.Append(CultureInfo.InvariantCulture, $"  [{place.Passage}] {place.Quote}\n");
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"Evidence {record.EvidenceId}.").ToString();
    }
}
