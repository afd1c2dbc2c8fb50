using System.Data;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Reading;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.Runs;

public sealed class QueryPlanTests : IAsyncLifetime
{
    private const int Filters = 9;

    private readonly TemporaryLog _log = new();

    public async ValueTask InitializeAsync()
    {
        foreach (var strategy in new[] { "majority", "weighted" })
        {
            foreach (var status in Enum.GetValues<RunStatus>())
            {
                var run = Make.Run(status) with { Strategy = strategy, Request = new StoredRequest { Models = ["sim/ada", "sim/bob"], Tags = ["red"] } };
                await _log.SaveAsync(run, "alice");
            }
        }
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public void EveryCombinationOfFiltersWalksIndexesAndSortsNoMoreThanThePage()
    {
        using var connection = _log.Connect();
        for (var set = 0; set < 1 << Filters; set++)
        {
            var filter = Filter(set);
            var cursor = new RunCursor(1, Guid.CreateVersion7().ToByteArray(bigEndian: true)).Write(filter);
            foreach (var page in new[] { filter, filter with { Cursor = cursor } })
            {
                var query = ListQuery.Of(connection, page, 51);
                Assert.NotNull(query);

                // Only the listing without any condition walks a whole index, and that from its end until the page is full. What is merged is sorted once it is cut off.
                var wholeIndexIsMeant = page == new RunFilter();
                var plan = Plan(connection, query.Sql, query.Parameters);
                Assert.All(plan, step => Assert.True(
                    step.Detail.StartsWith("SEARCH ", StringComparison.Ordinal)
                    || step.Detail.StartsWith("CORRELATED SCALAR SUBQUERY ", StringComparison.Ordinal)
                    || step.Detail is "MERGE (UNION ALL)" or "LEFT" or "RIGHT" or "SCAN w" or "CO-ROUTINE w" or "MATERIALIZE w"
                    || (step is { Detail: "USE TEMP B-TREE FOR ORDER BY", Parent: 0 } && query.Sql.Contains(") w ", StringComparison.Ordinal))
                    || (wholeIndexIsMeant && step.Detail == "SCAN l USING INDEX runs_by_time"),
                    $"{step}\n\n{query.Sql}"));
            }
        }
    }

    [Theory]
    [InlineData(1, "SEARCH l USING INDEX runs_by_time (created_at>?)")]
    [InlineData(2, "SEARCH l USING INDEX runs_by_time (created_at<?)")]
    [InlineData(128, "SEARCH l USING INDEX runs_by_key (key_id=?)")]
    [InlineData(128 | 1 | 2, "SEARCH l USING INDEX runs_by_key (key_id=? AND created_at>? AND created_at<?)")]
    [InlineData(4, "SEARCH l USING PRIMARY KEY (kind=? AND name=? AND within=? AND facet=?)")]
    [InlineData(32 | 64 | 16, "SEARCH l USING PRIMARY KEY (kind=? AND name=? AND within=? AND facet=?)")]
    [InlineData(128 | 8 | 1, "SEARCH l USING PRIMARY KEY (kind=? AND name=? AND within=? AND facet=? AND created_at>?)")]
    public void TheRangeOfTimeIsPartOfTheWalk(int set, string step)
    {
        using var connection = _log.Connect();
        var query = ListQuery.Of(connection, Filter(set), 51)!;

        Assert.Contains(step, Plan(connection, query.Sql, query.Parameters).Select(static step => step.Detail));
    }

    [Fact]
    public void TheRunsLeftUnfinishedAreFoundByTheirOwnIndex()
    {
        using var connection = _log.Connect();
        var plan = Plan(connection, "UPDATE runs SET status = 'failed' WHERE instance = @i AND status IN ('accepted', 'running')", new DynamicParameters(new { i = "" }));

        Assert.Equal(["SEARCH runs USING INDEX runs_unfinished (instance=?)"], plan.Select(static step => step.Detail));
    }

    private static List<(string Detail, long Parent)> Plan(IDbConnection connection, string sql, DynamicParameters parameters) =>
        [.. connection.Query("EXPLAIN QUERY PLAN " + sql, parameters).Select(row => ((string)row.detail, (long)row.parent))];

    private static RunFilter Filter(int set) => new()
    {
        From = Has(set, 1) ? Make.Noon : null,
        To = Has(set, 2) ? Make.Noon.AddDays(1) : null,
        Outcome = Has(set, 4) ? Outcome.Consensus : null,
        Status = Has(set, 8) ? RunStatus.Completed : null,
        Strategy = Has(set, 16) ? "majority" : null,
        Model = Has(set, 32) ? "sim/ada" : null,
        Tag = Has(set, 64) ? "red" : null,
        KeyId = Has(set, 128) ? "alice" : null,
        HasScore = Has(set, 256) ? false : null,
    };

    private static bool Has(int set, int bit) => (set & bit) != 0;
}
