using System.Globalization;

namespace Consensus.Contracts.Client;

/// <summary>Puts the parameters of a listing into an address.</summary>
internal static class QueryText
{
    /// <summary>The query with its question mark, without what is <c>null</c>; empty when all is.</summary>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> all)
    {
        var query = "";
        foreach (var (name, value) in all)
        {
            if (value is not null)
            {
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
            }
        }

        return query;
    }

    public static string? Utc(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    public static string? Flag(bool? flag) => flag is { } given ? (given ? "true" : "false") : null;

    public static string? Number(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
