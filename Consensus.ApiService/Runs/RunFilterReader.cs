using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>Reads the query of <c>GET /v1/runs</c>, with every violation at once.</summary>
internal static class RunFilterReader
{
    public static readonly string[] Names = ["from", "to", "outcome", "status", "strategy", "model", "tag", "hasScore", "limit", "cursor"];

    public static RunFilter Read(IQueryCollection query, Violations violations)
    {
        QueryReader.CheckNames(query, Names, violations);
        var filter = new RunFilter
        {
            From = QueryReader.Time(query, "from", violations),
            To = QueryReader.Time(query, "to", violations),
            Outcome = QueryReader.OneOf<Outcome>(query, "outcome", violations),
            Status = QueryReader.OneOf<RunStatus>(query, "status", violations),
            Strategy = QueryReader.Text(query, "strategy", Limits.LabelCharacters, violations),
            Model = QueryReader.Text(query, "model", Limits.ModelCharacters, violations),
            Tag = QueryReader.Text(query, "tag", Limits.LabelCharacters, violations),
            HasScore = QueryReader.Flag(query, "hasScore", violations),
            Cursor = QueryReader.Cursor(query, violations),
            Limit = QueryReader.Limit(query, violations) ?? Limits.DefaultPageSize,
        };
        if (filter.From >= filter.To)
        {
            violations.Add("to", FieldCodes.Contradiction, "`to` must be later than `from`.");
        }

        return filter;
    }
}
