using System.Globalization;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Reading;
using Consensus.Storage.Tests.Making;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Consensus.Storage.Tests.Runs;

/// <summary>
/// What a look-up costs, in steps of SQLite's machine rather than in time, over a log in which an eighth of the runs have each value of a filter and, of most twos
/// of them, hardly any run has both.
/// </summary>
public sealed class LookUpCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Runs = 16_000;
    private const int Values = 8;

    /// <summary>A page of 51, merged of every facet. To pass the runs of one value would take more: 2,000 rows of 10 steps at the least.</summary>
    private const long PageSteps = 8_000;

    /// <summary>With a key, a model and a tag, lists are counted as well, as far as it pays.</summary>
    private const long CountingSteps = 24_000;

    private readonly TemporaryLog _log = new();

    public async ValueTask InitializeAsync()
    {
        await _log.Log.ProbeAsync(TestContext.Current.CancellationToken);
        using var connection = _log.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @runs),
                h AS (SELECT i, (i * 2654435761) & 2147483647 AS x FROM n)
            INSERT INTO runs (run_id, key_id, instance, kind, status, created_at, strategy, outcome, degraded, agreement_is_lower_bound, has_usage, models, tags,
                has_answer_form, links)
            SELECT unhex(printf('%032x', i)), 'key-' || (x % 8), 'here', 'consensus',
                CASE x % 8 WHEN 0 THEN 'failed' WHEN 1 THEN 'cancelled' WHEN 2 THEN 'accepted' WHEN 3 THEN 'running' ELSE 'completed' END, i * 10000000,
                'strategy-' || (x % 8),
                CASE x % 8 WHEN 4 THEN 'consensus' WHEN 5 THEN 'plurality' WHEN 6 THEN 'no_consensus' WHEN 7 THEN 'quorum_not_met' END,
                0, 0, 0, '[]', '[]', 0, '{}'
            FROM h
            """,
            new { runs = Runs });

        // Every 4,000th run has other models and tags than its fellows.
        connection.Execute("INSERT INTO run_models SELECT seq, 'model-' || ((substr(key_id, 5) + (seq % 4000 = 1) * (seq / 4000 + 1)) % 8), created_at, run_id FROM runs");
        connection.Execute("INSERT INTO run_tags SELECT seq, 'tag-' || ((substr(key_id, 5) + (seq % 4000 = 1) * (seq / 2000 + 1)) % 8), created_at, run_id FROM runs");
        connection.Execute(
            """
            INSERT INTO judge_jobs (job_id, run_seq, run_id, created_at, queued_at, rubric, config_version, state, attempts, attempt_open)
            SELECT randomblob(16), seq, run_id, created_at, created_at, 'quality', 'v', 'done', 1, 0 FROM runs WHERE strategy = 'strategy-5'
            """);
        transaction.Commit();
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public void NoCombinationOfFiltersPassesTheRunsThatHaveOneValueOnly()
    {
        using var connection = (SqliteConnection)_log.Connect();
        var steps = 0L;
        raw.sqlite3_progress_handler(connection.Handle, 1, _ => Count(), null);
        var (most, mostCounted, found) = (0L, 0L, 0);
        var random = new Random(3);
        for (var set = 1; set < 1 << 7; set++)
        {
            for (var drawn = 0; drawn < 12; drawn++)
            {
                var filter = Filter(set, random);
                steps = 0;
                found += ListQuery.Read(connection, filter, 51, snapshot: null).Count;

                var counts = filter is { KeyId: not null, Model: not null, Tag: not null };
                Assert.True(steps <= PageSteps + (counts ? CountingSteps : 0), $"{steps.ToString(CultureInfo.InvariantCulture)} steps for {filter}");
                (most, mostCounted) = counts ? (most, Math.Max(mostCounted, steps)) : (Math.Max(most, steps), mostCounted);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{most} steps at most, {mostCounted} with what is counted; {found} runs found"));
        Assert.True(found > 5_000);
        Assert.True(most > 1_000, "The steps were not counted.");

        int Count()
        {
            steps++;
            return 0;
        }
    }

    [Fact]
    public void StatusesAndOutcomesAreToldApartByTheirFirstLetters()
    {
        Assert.Distinct(WireName.All<RunStatus>().Select(static name => name[..RunFacet.Letters]));
        Assert.Distinct(WireName.All<Outcome>().Select(static name => name[..RunFacet.Letters]));
    }

    private static RunFilter Filter(int set, Random random)
    {
        return new RunFilter
        {
            KeyId = (set & 1) != 0 ? "key-" + Value() : null,
            Model = (set & 2) != 0 ? "model-" + Value() : null,
            Tag = (set & 4) != 0 ? "tag-" + Value() : null,
            Strategy = (set & 8) != 0 ? "strategy-" + Value() : null,
            Status = (set & 16) != 0 ? (RunStatus)random.Next(5) : null,
            Outcome = (set & 32) != 0 ? (Outcome)random.Next(4) : null,
            HasScore = (set & 64) != 0 ? random.Next(2) == 0 : null,
        };

        string Value() => random.Next(Values).ToString(CultureInfo.InvariantCulture);
    }
}
