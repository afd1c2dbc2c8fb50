using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Errors;
using Consensus.Storage.Audit;

namespace Consensus.ApiService.Audit;

/// <summary>Reads the query of <c>GET /v1/audit</c>, with every violation at once.</summary>
internal static class AuditFilterReader
{
    public const string OldestFirst = "oldestFirst";

    public static readonly string[] Names = ["from", "to", "action", "actor", "subjectKind", "subjectId", OldestFirst, "limit", "cursor"];

    public static AuditFilter Read(IQueryCollection query, Violations violations)
    {
        QueryReader.CheckNames(query, Names, violations);
        var filter = new AuditFilter
        {
            From = QueryReader.Time(query, "from", violations),
            To = QueryReader.Time(query, "to", violations),
            Action = QueryReader.OneOf<AuditAction>(query, "action", violations),
            Actor = QueryReader.Text(query, "actor", Limits.AuditWordCharacters, violations),
            SubjectKind = QueryReader.Text(query, "subjectKind", Limits.AuditWordCharacters, violations),
            SubjectId = QueryReader.Text(query, "subjectId", Limits.AuditWordCharacters, violations),
            OldestFirst = QueryReader.Flag(query, OldestFirst, violations) ?? false,
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
