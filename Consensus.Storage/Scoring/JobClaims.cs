using System.Data.Common;
using System.Text.Json;
using Consensus.Storage.Runs.Fields;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Scoring;

/// <summary>
/// Claims on jobs that are to be sent: of several processes that look at the same time each gets its own. On a server rows that another has just locked are passed
/// over, so that nobody waits; in a file there is one writer, and nothing to pass over.
/// </summary>
internal static class JobClaims
{
    private const string SkipLocked = "FOR UPDATE SKIP LOCKED";

    private const string Among = "seq IN (SELECT CAST(value AS bigint) FROM json_each(@among))";

    private const string Claiming =
        $$"""
          WITH free AS MATERIALIZED (
              SELECT seq FROM judge_jobs
              WHERE {{Among}} AND {{JudgeJobRow.IsDue}}
              ORDER BY seq LIMIT @most {0})
          UPDATE judge_jobs SET claimed_until = @until, claimed_by = @by WHERE seq IN (SELECT seq FROM free)
          RETURNING seq
          """;

    private const string Releasing =
        $$"""
          WITH own AS MATERIALIZED (SELECT seq FROM judge_jobs WHERE {{Among}} AND claimed_by = @by {0})
          UPDATE judge_jobs SET claimed_until = NULL, claimed_by = NULL WHERE seq IN (SELECT seq FROM own)
          """;

    /// <summary>Claims those of the jobs that are due and nobody's, oldest first; returns which.</summary>
    /// <param name="connection">Where; each claim is one statement.</param>
    /// <param name="among">The jobs.</param>
    /// <param name="by">Who claims.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the claim ends.</param>
    /// <param name="most">At most so many.</param>
    public static IReadOnlyList<DueJob> Claim(DbConnection connection, IReadOnlyList<DueJob> among, string by, DateTimeOffset now, DateTimeOffset until, int most)
    {
        var values = new { among = Orders(among), by, now = StoredTime.Write(now), until = StoredTime.Write(until), most };
        var claimed = connection.Query<long>(On(connection, Claiming), values).ToHashSet();
        return [.. among.Where(job => claimed.Contains(job.Seq))];
    }

    /// <summary>Gives claims back that are still the caller's; returns how many. What is being written to at that moment keeps its claim until that ends.</summary>
    public static int Release(DbConnection connection, IReadOnlyList<DueJob> jobs, string by) =>
        connection.Execute(On(connection, Releasing), new { among = Orders(jobs), by });

    private static string On(DbConnection connection, string sql) => sql.Replace("{0}", connection is SqliteConnection ? "" : SkipLocked, StringComparison.Ordinal);

    private static string Orders(IReadOnlyList<DueJob> jobs) => JsonSerializer.Serialize(jobs.Select(static job => job.Seq));
}
