using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Storage.Benchmarks;

namespace Consensus.ApiService.Benchmarks;

/// <summary>Reads the query of <c>GET /v1/benchmarks</c>, with every violation at once.</summary>
internal static class BenchmarkFilterReader
{
    public static readonly string[] Names = ["from", "to", "suite", "strategy", "limit", "cursor"];

    public static BenchmarkFilter Read(IQueryCollection query, Violations violations)
    {
        QueryReader.CheckNames(query, Names, violations);
        var filter = new BenchmarkFilter
        {
            From = QueryReader.Time(query, "from", violations),
            To = QueryReader.Time(query, "to", violations),
            Suite = QueryReader.Text(query, "suite", Limits.ModelCharacters, violations),
            Strategy = QueryReader.Text(query, "strategy", Limits.ModelCharacters, violations),
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
