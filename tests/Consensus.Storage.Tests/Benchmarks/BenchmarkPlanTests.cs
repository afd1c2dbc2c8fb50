using Consensus.Storage.Benchmarks;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.Benchmarks;

public sealed class BenchmarkPlanTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();

    public async ValueTask InitializeAsync() => await _log.Log.ProbeAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public void ASuiteWalksItsIndexEverythingElseTheOrderOfPublishingAndNothingIsSorted()
    {
        using var connection = _log.Connect();
        var none = new { before = (long?)null, suite = (string?)null, strategy = (string?)null, from = (long?)null, to = (long?)null, rows = 51 };
        string[] plan = [.. connection.Query("EXPLAIN QUERY PLAN " + BenchmarkRow.Page, none).Select(row => (string)row.detail)];

        // A sort would be a step of its own, "USE TEMP B-TREE FOR ORDER BY".
        Assert.Equal(
            [
                "MERGE (UNION ALL)",
                "LEFT", "SEARCH benchmarks USING INDEX benchmarks_by_suite (suite=? AND seq<?)",
                "RIGHT", "SEARCH benchmarks USING INTEGER PRIMARY KEY (rowid<?)",
            ],
            plan);
    }
}
