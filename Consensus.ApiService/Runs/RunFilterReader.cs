using System.Globalization;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>Reads the query of <c>GET /v1/runs</c>, with every violation at once.</summary>
internal static class RunFilterReader
{
    public static readonly string[] Names = ["from", "to", "outcome", "status", "strategy", "model", "tag", "limit", "cursor"];

    private const int CursorCharacters = 1_000;
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static RunFilter Read(IQueryCollection query, Violations violations)
    {
        foreach (var name in query.Keys)
        {
            if (!Names.Contains(name))
            {
                violations.Add(name, FieldCodes.UnknownMember, $"There is no parameter {Shown.Text(name)} here.", Allowed.Names(Names));
            }
            else if (query[name].Count > 1)
            {
                violations.Add(name, FieldCodes.DuplicateMember, $"The parameter {Shown.Text(name)} stands twice.");
            }
        }

        var filter = new RunFilter
        {
            From = Time(query, "from", violations),
            To = Time(query, "to", violations),
            Outcome = OneOf<Outcome>(query, "outcome", violations),
            Status = OneOf<RunStatus>(query, "status", violations),
            Strategy = Text(query, "strategy", Limits.LabelCharacters, violations),
            Model = Text(query, "model", Limits.ModelCharacters, violations),
            Tag = Text(query, "tag", Limits.LabelCharacters, violations),
            Cursor = Text(query, "cursor", CursorCharacters, violations),
            Limit = Limit(query, violations) ?? Limits.DefaultPageSize,
        };
        if (filter.From >= filter.To)
        {
            violations.Add("to", FieldCodes.Contradiction, "`to` must be later than `from`.");
        }

        return filter;
    }

    private static string? Given(IQueryCollection query, string name) => query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] ?? "" : null;

    private static string? Text(IQueryCollection query, string name, int most, Violations violations) =>
        Given(query, name) is { } text && violations.Check(text, name, TextRules.OneLine | TextRules.NotBlank, most) ? text : null;

    private static T? OneOf<T>(IQueryCollection query, string name, Violations violations)
        where T : struct, Enum
    {
        if (Given(query, name) is not { } text)
        {
            return null;
        }

        if (WireName.Find<T>(text) is { } value)
        {
            return value;
        }

        violations.Add(name, FieldCodes.InvalidValue, $"{Shown.Text(text)} is not one of those allowed.", Allowed.Names(WireName.All<T>()));
        return null;
    }

    private static DateTimeOffset? Time(IQueryCollection query, string name, Violations violations)
    {
        if (Given(query, name) is not { } text)
        {
            return null;
        }

        // A plus sign that was not escaped arrives as a space.
        if (DateTimeOffset.TryParseExact(text.Replace(' ', '+'), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        violations.Add(name, FieldCodes.InvalidValue, $"{Shown.Text(text)} is not a time.", Allowed.Words("an RFC 3339 time, such as 2026-01-31T12:00:00Z"));
        return null;
    }

    private static int? Limit(IQueryCollection query, Violations violations)
    {
        if (Given(query, "limit") is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
        {
            violations.Add("limit", FieldCodes.InvalidType, $"{Shown.Text(text)} is not a whole number.", Allowed.Range(1, Limits.MaxPageSize));
            return null;
        }

        if (limit is < 1 or > Limits.MaxPageSize)
        {
            violations.Add("limit", FieldCodes.OutOfRange, $"{limit} is outside the range.", Allowed.Range(1, Limits.MaxPageSize));
        }

        return limit;
    }
}
