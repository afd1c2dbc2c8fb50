using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Scoring;
using Dapper;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.Storage.Tests.Retention;

/// <summary>A log whose clock stands at noon, with runs of whatever age.</summary>
internal sealed class RetentionRig(params string[] holdTags) : IAsyncDisposable
{
    public static readonly string[] Held = ["legal-hold"];

    public FakeTimeProvider Time { get; } = new(Make.Noon);

    public TemporaryLog File => field ??= new TemporaryLog(time: Time, policy: Policy());

    public RunLog Log => File.Log;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A policy that keeps everything but what the rules say.</summary>
    public RetentionPolicy Policy(params RetentionRule[] rules) =>
        new([.. RetentionPolicies.KeepAll.Rules.Select(kept => rules.FirstOrDefault(rule => rule.Table == kept.Table) ?? kept)], holdTags);

    public static RetentionRule Days(int days, RetainedTable table = RetainedTable.Runs) => new(table, days, null);

    public static RetentionRule Rows(long rows, RetainedTable table = RetainedTable.Runs) => new(table, null, rows);

    /// <summary>Stores a run that finished so many days ago, with its judge job done or not.</summary>
    public async Task<Guid> StoreAsync(double daysAgo, RunStatus status = RunStatus.Completed, string? tag = null, string? text = null, bool? judged = null, string? calibration = null)
    {
        var at = Time.GetUtcNow().AddDays(-daysAgo);
        var run = JudgeRig.Judgeable(status, at) with
        {
            FinishedAt = status is RunStatus.Accepted or RunStatus.Running ? null : at,
            Confidence = calibration is null ? null : new ConfidenceBody(0.9, 0.9, calibration, "m"),
        };
        run = run with { Request = run.Request! with { Tags = tag is null ? [] : [tag], Prompt = text ?? "What is 17 * 23?" } };
        var job = judged is null ? null : JudgeRig.NewJob();
        await Log.SaveAsync(new RunRecord(run, null, TemporaryLog.Instance, job), Token);
        if (judged == true)
        {
            var now = Time.GetUtcNow();
            Time.AdjustTime(at);
            await Log.SubmitScoresAsync(new ScoreSubmission { JobId = job!.JobId, Attempt = 1, Scores = [JudgeRig.Scored(), JudgeRig.Scored(1)] }, "quality@1", JudgeRig.Rule, by: null, Token);
            Time.AdjustTime(now);
        }

        return run.RunId;
    }

    public Task<PurgeReceipt> PurgeAsync(RetentionPolicy policy, bool dryRun = false, int batchRows = 3) =>
        Log.PurgeAsync(new PurgeOrder(policy, PurgeSource.Schedule, null, dryRun, batchRows), told: null, Token);

    public async Task<PurgedTable> PurgeRunsAsync(RetentionPolicy policy, bool dryRun = false, int batchRows = 3) =>
        (await PurgeAsync(policy, dryRun, batchRows)).Tables.Single(table => table.Table == RetainedTable.Runs);

    public long Count(string table)
    {
        using var connection = File.Connect();
        return connection.QuerySingle<long>($"SELECT count(*) FROM {table}");
    }

    public ValueTask DisposeAsync() => File.DisposeAsync();
}
