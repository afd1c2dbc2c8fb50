using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Consensus.Storage.Postgres;

/// <summary>
/// The statements of the run log are written once, in the SQL that SQLite and PostgreSQL share. What is left to translate: a parameter is <c>@name</c> here, and
/// no index and no order of joins (to SQLite, <c>CROSS JOIN … ON</c>) is named in a statement, for the planner has statistics.
/// </summary>
internal static partial class PostgresSql
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>The statement as PostgreSQL takes it.</summary>
    public static string Of(string sql) => Known.GetOrAdd(sql, static text =>
        Parameter().Replace(IndexHint().Replace(text, ""), "@").Replace("CROSS JOIN", "JOIN", StringComparison.Ordinal));

    [GeneratedRegex(@"\s+(?:NOT INDEXED|INDEXED BY \w+)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex IndexHint();

    /// <summary>In no statement does the sign stand in a literal.</summary>
    [GeneratedRegex(@"\$(?=[A-Za-z_])", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
