using System.Globalization;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Reading;

/// <summary>Parameters that the queries of listings share, with every violation at once.</summary>
internal static class QueryReader
{
    public const int CursorCharacters = 1_000;
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Adds a violation for each parameter that is not known or stands twice.</summary>
    public static void CheckNames(IQueryCollection query, string[] names, Violations violations)
    {
        foreach (var name in query.Keys)
        {
            if (!names.Contains(name))
            {
                violations.Add(name, FieldCodes.UnknownMember, $"There is no parameter {Shown.Text(name)} here.", Allowed.Names(names));
            }
            else if (query[name].Count > 1)
            {
                violations.Add(name, FieldCodes.DuplicateMember, $"The parameter {Shown.Text(name)} stands twice.");
            }
        }
    }

    public static string? Given(IQueryCollection query, string name) => query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] ?? "" : null;

    public static string? Cursor(IQueryCollection query, Violations violations) => Text(query, "cursor", CursorCharacters, violations);

    public static string? Text(IQueryCollection query, string name, int most, Violations violations) =>
        Given(query, name) is { } text && violations.Check(text, name, TextRules.OneLine | TextRules.NotBlank, most) ? text : null;

    /// <summary>An id in its usual form.</summary>
    public static Guid? Id(IQueryCollection query, string name, Violations violations)
    {
        if (Given(query, name) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id;
        }

        violations.Add(name, FieldCodes.InvalidValue, $"{Shown.Text(text)} is not an id.", Allowed.Words("a UUID in its usual form"));
        return null;
    }

    public static DateTimeOffset? Time(IQueryCollection query, string name, Violations violations)
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

    /// <summary>One of an enum's members by its name on the wire.</summary>
    public static T? OneOf<T>(IQueryCollection query, string name, Violations violations)
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

    public static bool? Flag(IQueryCollection query, string name, Violations violations)
    {
        if (Given(query, name) is not { } text)
        {
            return null;
        }

        if (text is not ("true" or "false"))
        {
            violations.Add(name, FieldCodes.InvalidValue, $"{Shown.Text(text)} is neither true nor false.", Allowed.Names(["true", "false"]));
            return null;
        }

        return text == "true";
    }

    /// <summary>A finite number in a range.</summary>
    public static double? Number(IQueryCollection query, string name, double min, double max, Violations violations)
    {
        if (Given(query, name) is not { } text)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            violations.Add(name, FieldCodes.InvalidType, $"{Shown.Text(text)} is not a number.", Allowed.Range(min, max));
            return null;
        }

        if (number >= min && number <= max)
        {
            return number;
        }

        violations.Add(name, FieldCodes.OutOfRange, $"{Shown.Text(text)} is outside the range.", Allowed.Range(min, max));
        return null;
    }

    /// <summary>The query of a listing that has no filters: the rows of its page and where it goes on.</summary>
    public static (int Limit, string? Cursor) Page(IQueryCollection query, string[] names, Violations violations)
    {
        CheckNames(query, names, violations);
        return (Limit(query, violations) ?? Limits.DefaultPageSize, Cursor(query, violations));
    }

    public static int? Limit(IQueryCollection query, Violations violations, int most = Limits.MaxPageSize)
    {
        if (Given(query, "limit") is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
        {
            violations.Add("limit", FieldCodes.InvalidType, $"{Shown.Text(text)} is not a whole number.", Allowed.Range(1, most));
            return null;
        }

        if (limit < 1 || limit > most)
        {
            violations.Add("limit", FieldCodes.OutOfRange, $"{limit} is outside the range.", Allowed.Range(1, most));
        }

        return limit;
    }
}
