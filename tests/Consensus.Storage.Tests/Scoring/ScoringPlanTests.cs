using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.Scoring;

/// <summary>Listings walk an index and sort nothing, whatever the filters.</summary>
public sealed class ScoringPlanTests : IAsyncLifetime
{
    private const int ScoreFilters = 10;
    private const int JobFilters = 3;
    private const int JudgedFilters = 7;

    private readonly TemporaryLog _log = new();

    public async ValueTask InitializeAsync() => await _log.Log.ProbeAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public void EveryCombinationOfFiltersOfScoresWalksAnIndex()
    {
        using var connection = _log.Connect();
        for (var set = 0; set < 1 << ScoreFilters; set++)
        {
            var filter = Scores(set);
            foreach (var page in new[] { filter, filter with { Cursor = new ScoreCursor(1, 2).Write(filter) } })
            {
                var (sql, parameters) = ScoreListQuery.Of(page, 51);
                Check(connection, sql, parameters, "SCAN s USING INDEX scores_by_time");
            }
        }
    }

    [Theory]
    [InlineData(0, "scores_by_time")]
    [InlineData(1, "scores_by_run (run_seq=?)")]
    [InlineData(2, "scores_by_job (job_seq=?)")]
    [InlineData(4, "scores_by_model (model=?)")]
    [InlineData(8, "scores_by_judge (judge=?)")]
    [InlineData(16, "scores_by_key (key_id=?)")]
    [InlineData(4 | 32 | 64, "scores_by_model (model=? AND scored_at>? AND scored_at<?)")]
    [InlineData(1 | 2 | 4 | 8 | 16, "scores_by_job (job_seq=?)")]
    public void EachFilterOfScoresHasItsIndex(int set, string index)
    {
        using var connection = _log.Connect();
        var (sql, parameters) = ScoreListQuery.Of(Scores(set), 51);
        Assert.EndsWith(index, Plan(connection, sql, parameters)[0]);
    }

    [Fact]
    public void EveryCombinationOfFiltersOfJobsWalksAnIndex()
    {
        using var connection = _log.Connect();
        for (var set = 0; set < 1 << JobFilters; set++)
        {
            var filter = new JudgeJobFilter
            {
                State = Has(set, 1) ? JudgeJobState.Dead : null, RunId = Has(set, 2) ? Guid.CreateVersion7() : null, KeyId = Has(set, 4) ? "alice" : null,
            };
            var (sql, parameters) = JudgeJobListQuery.Of(filter, 51);
            Check(connection, sql, parameters, "SCAN j");
        }
    }

    [Fact]
    public void TheJudgedRunsOfTheFiguresOfModelsAreFoundByIndexes()
    {
        using var connection = _log.Connect();
        for (var set = 0; set < 1 << JudgedFilters; set++)
        {
            var filter = new JudgedFilter
            {
                RunId = Has(set, 1) ? Guid.CreateVersion7() : null, JobId = Has(set, 2) ? Guid.CreateVersion7() : null, Model = Has(set, 4) ? "sim/ada" : null,
                Rubric = Has(set, 8) ? "quality" : null, From = Has(set, 16) ? Make.Noon : null, To = Has(set, 32) ? Make.Noon : null, KeyId = Has(set, 64) ? "alice" : null,
            };
            var (sql, parameters) = JudgedQuery.Jobs(filter, 10);
            Check(connection, sql, parameters, whole: null);
        }

        Check(connection, JudgedQuery.Scores.Replace("ORDER BY s.seq", "", StringComparison.Ordinal), new DynamicParameters(new { seq = 1L, judge = (string?)null }), whole: null);
    }

    [Fact]
    public void WhatTheDispatcherAsksReadsOnlyWhatWaits()
    {
        using var connection = _log.Connect();
        Assert.Equal(
            ["SEARCH judge_jobs USING INDEX judge_jobs_pending (seq>?)"],
            Plan(connection, JudgeJobRow.Due, new DynamicParameters(new { after = 0L, now = 0L, rows = 10 })));
        Assert.All(Plan(connection, JudgeJobRow.Counts, new DynamicParameters()).Where(step => step.Contains("judge_jobs", StringComparison.Ordinal)),
            step => Assert.Matches("judge_jobs_pending|judge_jobs_by_state", step));
    }

    private static void Check(System.Data.IDbConnection connection, string sql, DynamicParameters parameters, string? whole) =>
        Assert.All(Plan(connection, sql, parameters), step => Assert.True(
            step.StartsWith("SEARCH ", StringComparison.Ordinal) || step.Contains("SCALAR SUBQUERY ", StringComparison.Ordinal) || step == whole, $"{step}\n\n{sql}"));

    private static List<string> Plan(System.Data.IDbConnection connection, string sql, DynamicParameters parameters) =>
        [.. connection.Query("EXPLAIN QUERY PLAN " + sql, parameters).Select(row => (string)row.detail)];

    private static ScoreFilter Scores(int set) => new()
    {
        RunId = Has(set, 1) ? Guid.CreateVersion7() : null,
        JobId = Has(set, 2) ? Guid.CreateVersion7() : null,
        Model = Has(set, 4) ? "sim/ada" : null,
        Judge = Has(set, 8) ? "sim/judge" : null,
        KeyId = Has(set, 16) ? "alice" : null,
        From = Has(set, 32) ? Make.Noon : null,
        To = Has(set, 64) ? Make.Noon.AddDays(1) : null,
        Rubric = Has(set, 128) ? "quality" : null,
        Method = Has(set, 256) ? ScoreMethod.Pointwise : null,
        Min = Has(set, 512) ? 0.5 : null,
    };

    private static bool Has(int set, int bit) => (set & bit) != 0;
}
