using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Scoring;

/// <summary>The scoring configuration changes while runs are answered and judged.</summary>
public sealed class ReloadUnderLoadTests(ITestOutputHelper output)
{
    private const int Runs = 1_000;
    private const int Changes = 20;
    private const int AtOnce = 8;

    [Fact]
    public async Task NoRunFailsAndEachScoreNamesAConfigurationThatWasInForce()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-reload-").FullName;
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using (var services = new ServiceProcesses(folder, redis.ConnectionString))
        {
            await services.StartModelsAsync(latencyScale: 0);
            await services.StartApiAsync();
            services.StartWorker();
            var client = services.Client;
            var first = (await client.GetScoringConfigAsync()).Config with { SamplingRate = 1, Judges = [new JudgeSettings { Model = "sim/euler" }] };
            HashSet<string> inForce = [(await client.PutScoringConfigAsync(first)).Version];

            var done = 0;
            var changing = ChangeAsync(client, first, inForce, () => Volatile.Read(ref done));
            await Parallel.ForEachAsync(Enumerable.Range(0, Runs), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancel) =>
            {
                var run = await client.AskAsync(new ConsensusRequest { Prompt = $"What is {i} + 1?", Models = ["sim/ada", "sim/boole"] }, cancel);
                Assert.Equal(RunStatus.Completed, run.Status);
                Interlocked.Increment(ref done);
            });
            await changing;

            await Eventually.HoldsAsync(async () => (await client.ListJudgeJobsAsync(new JudgeJobQuery { State = JudgeJobState.Pending, Limit = 1 })).Items.Count == 0, "every job has ended");
            var jobs = await ListAsync(cursor => client.ListJudgeJobsAsync(new JudgeJobQuery { Limit = 500, Cursor = cursor }));
            var scores = await ListAsync(cursor => client.ListScoresAsync(new ScoreQuery { Limit = 500, Cursor = cursor }));
            output.WriteLine($"{Runs} runs, {inForce.Count} configurations, {jobs.Select(job => job.ConfigVersion).Distinct().Count()} of them named by jobs, {scores.Count} scores");

            Assert.Equal(Changes + 1, inForce.Count);
            Assert.Equal(Runs, jobs.Count);
            Assert.All(jobs, job => Assert.Equal(JudgeJobState.Done, job.State));
            Assert.All(scores, score => Assert.Contains(score.ConfigVersion, inForce));
            Assert.All(scores.GroupBy(score => score.JobId), rows => Assert.Single(rows.Select(row => row.ConfigVersion).Distinct()));
            Assert.True(jobs.Select(job => job.ConfigVersion).Distinct().Count() > Changes / 2, "Hardly a change met a run: nothing was put to the test.");
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Changes the configuration each time that another part of the runs is done.</summary>
    private static async Task ChangeAsync(ConsensusClient client, ScoringConfig first, HashSet<string> inForce, Func<int> done)
    {
        for (var change = 1; change <= Changes; change++)
        {
            var due = change * Runs / (Changes + 1);
            await Eventually.HoldsAsync(() => done() >= due, $"{due} runs are done");
            var receipt = await client.PutScoringConfigAsync(first with { Thresholds = first.Thresholds with { LowScore = change / 100.0 } });
            Assert.True(receipt.Changed);
            inForce.Add(receipt.Version);
        }
    }

    private static async Task<List<T>> ListAsync<T>(Func<string?, Task<Page<T>>> page)
    {
        List<T> all = [];
        for (string? cursor = null; ;)
        {
            var one = await page(cursor);
            all.AddRange(one.Items);
            if (one.Next is null)
            {
                return all;
            }

            cursor = one.Next;
        }
    }
}
