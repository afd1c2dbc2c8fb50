using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Storage.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>Reads the query of <c>GET /v1/evidence</c>, with every violation at once.</summary>
internal static class EvidenceFilterReader
{
    private static readonly string[] Names = ["from", "to", "runId", "collection", "limit", "cursor"];

    public static EvidenceFilter Read(IQueryCollection query, Violations violations)
    {
        QueryReader.CheckNames(query, Names, violations);
        var filter = new EvidenceFilter
        {
            From = QueryReader.Time(query, "from", violations),
            To = QueryReader.Time(query, "to", violations),
            RunId = QueryReader.Id(query, "runId", violations),
            Collection = QueryReader.Id(query, "collection", violations),
            Limit = QueryReader.Limit(query, violations) ?? Limits.DefaultPageSize,
            Cursor = QueryReader.Cursor(query, violations),
        };
        if (filter.From >= filter.To)
        {
            violations.Add("to", FieldCodes.Contradiction, "`to` must be later than `from`.");
        }

        return filter;
    }
}
