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

    public async ValueTask InitializeAsync() => await _log.Log.ProbeAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public void EveryCombinationOfFiltersWalksAnIndexAndSortsNothing()
    {
        using var connection = _log.Connect();
        for (var set = 0; set < 1 << Filters; set++)
        {
            var filter = Filter(set);
            var cursor = new RunCursor(1, Guid.CreateVersion7().ToByteArray(bigEndian: true)).Write(filter);
            foreach (var page in new[] { filter, filter with { Cursor = cursor } })
            {
                var query = ListQuery.Of(page, 51);
                var plan = Plan(connection, query.Sql, query.Parameters);

                // Only the listing without any condition walks a whole index, and that from its end until the page is full.
                var wholeIndexIsMeant = page == new RunFilter();
                Assert.All(plan, step => Assert.True(
                    step.StartsWith("SEARCH ", StringComparison.Ordinal)
                    || step.StartsWith("CORRELATED SCALAR SUBQUERY ", StringComparison.Ordinal)
                    || (page.HasScore is not null && step is "SCAN r USING INDEX runs_by_time")
                    || (wholeIndexIsMeant && step == "SCAN r USING INDEX runs_by_time"),
                    $"{step}\n\n{query.Sql}"));
            }
        }
    }

    [Theory]
    [InlineData(1, "runs_by_time (created_at>?)")]
    [InlineData(2, "runs_by_time (created_at<?)")]
    [InlineData(4, "runs_by_outcome (outcome=?)")]
    [InlineData(8, "runs_by_status (status=?)")]
    [InlineData(16, "runs_by_strategy (strategy=?)")]
    [InlineData(32, "runs_by_model (model=?)")]
    [InlineData(64, "runs_by_tag (tag=?)")]
    [InlineData(128, "runs_by_key (key_id=?)")]
    [InlineData(128 | 4, "runs_by_key_outcome (key_id=? AND outcome=?)")]
    [InlineData(128 | 8, "runs_by_key_status (key_id=? AND status=?)")]
    [InlineData(128 | 32, "runs_by_key (key_id=?)")]
    [InlineData(128 | 1 | 2, "runs_by_key (key_id=? AND created_at>? AND created_at<?)")]
    [InlineData(32 | 1, "runs_by_model (model=? AND created_at>?)")]
    public void EachFilterHasItsIndexWithTheTimeRangeInIt(int set, string index)
    {
        using var connection = _log.Connect();
        var query = ListQuery.Of(Filter(set), 51);

        Assert.EndsWith(index, Plan(connection, query.Sql, query.Parameters)[0]);
    }

    [Fact]
    public void TheRunsLeftUnfinishedAreFoundByTheirOwnIndex()
    {
        using var connection = _log.Connect();
        var plan = Plan(connection, "UPDATE runs SET status = 'failed' WHERE instance = @i AND status IN ('accepted', 'running')", new DynamicParameters(new { i = "" }));

        Assert.Equal(["SEARCH runs USING INDEX runs_unfinished (instance=?)"], plan);
    }

    private static List<string> Plan(System.Data.IDbConnection connection, string sql, DynamicParameters parameters) =>
        [.. connection.Query("EXPLAIN QUERY PLAN " + sql, parameters).Select(row => (string)row.detail)];

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
        HasScore = Has(set, 256) ? true : null,
    };

    private static bool Has(int set, int bit) => (set & bit) != 0;
}
