using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Scoring;

/// <summary>Judge jobs while everything around them is killed: each ends scored exactly once, or as a dead letter with its reason.</summary>
public sealed class QueueChaosTests(ITestOutputHelper output)
{
    private const int Workers = 3;
    private const string Password = "known";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly int Jobs = Environment.GetEnvironmentVariable("CONSENSUS_LONG") == "1" ? 2_000 : 500;

    public static TheoryData<string> Kinds => TestRedis.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EveryJobIsScoredExactlyOnceOrADeadLetterWithItsReason(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-chaos-").FullName;
        var kept = Directory.CreateDirectory(Path.Combine(folder, "redis")).FullName;
        var port = TestRedis.FreePort();
        var redis = await TestRedis.StartAsync(kind, port, Password, kept);
        var clock = Stopwatch.StartNew();
        await using var services = new ServiceProcesses(folder, redis.ConnectionString);
        await services.StartModelsAsync(latencyScale: 0.2);
        await services.StartApiAsync();
        var criteria = await ConfigureAsync(services.Client);
        await MakeJobsAsync(services.Client);
        for (var i = 0; i < Workers; i++)
        {
            services.StartWorker();
        }

        // Each at a share of the jobs done, whatever the time: first a restart, then a loss, then the API.
        var (random, kills, nextKill) = (new Random(20_261_123), 0, 0.05);
        var (restarted, lost, apiKilled) = (false, false, false);
        while (await ShareDoneAsync(services.Client) is var done && done < 1)
        {
            if (done >= nextKill)
            {
                await services.KillWorkerAsync(random.Next(services.Workers.Count));
                services.StartWorker();
                (kills, nextKill) = (kills + 1, done + 0.05 + (random.NextDouble() * 0.1));
            }

            if (done > 0.2 && !restarted)
            {
                redis.Dispose();
                redis = await TestRedis.StartAsync(kind, port, Password, kept);
                restarted = true;
            }

            if (done > 0.4 && !lost)
            {
                redis.Dispose();
                Directory.Delete(kept, recursive: true);
                redis = await TestRedis.StartAsync(kind, port, Password, Directory.CreateDirectory(kept).FullName);
                lost = true;
            }

            if (done > 0.6 && !apiKilled)
            {
                await services.KillApiAsync();
                await services.StartApiAsync();
                apiKilled = true;
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(10), $"After 10 minutes {done:P0} of the jobs have ended.");
        }

        Assert.True(restarted && lost && apiKilled && kills > 0, "Nothing was put to the test.");
        await AllAreAccountedForAsync(services.Client, criteria, $"{kind}: {Workers} workers killed {kills} times, Redis restarted and lost, the API killed; {clock.Elapsed.TotalSeconds:0} s");
        redis.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Two judges and one rubric. Returns how many criteria it has.</summary>
    private static async Task<int> ConfigureAsync(ConsensusClient client)
    {
        var config = (await client.GetScoringConfigAsync()).Config;
        await client.PutScoringConfigAsync(config with
        {
            Judges = [new JudgeSettings { Model = "sim/ada" }, new JudgeSettings { Model = "sim/curie" }],
            Jobs = config.Jobs with { MaxAttempts = 20 },
        });
        return config.Rubrics.First(rubric => rubric.Name == config.Rubric).Criteria.Count;
    }

    private static Task MakeJobsAsync(ConsensusClient client) => Parallel.ForEachAsync(
        Enumerable.Range(0, Jobs), new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (i, cancel) => await client.AggregateAsync(
            new AggregateRequest
            {
                Prompt = $"What is {i} + 1?",
                Answers =
                [
                    new AggregateAnswer { Model = "one", Text = (i + 1).ToString(CultureInfo.InvariantCulture) },
                    new AggregateAnswer { Model = "two", Text = (i + 2).ToString(CultureInfo.InvariantCulture) },
                ],
                Judge = JsonSerializer.SerializeToElement(true),
            },
            cancel));

    private static async Task<double> ShareDoneAsync(ConsensusClient client)
    {
        var pending = await ListAsync(cursor => client.ListJudgeJobsAsync(new JudgeJobQuery { State = JudgeJobState.Pending, Limit = 500, Cursor = cursor }));
        return 1 - (pending.Count / (double)Jobs);
    }

    private async Task AllAreAccountedForAsync(ConsensusClient client, int criteria, string what)
    {
        var jobs = await ListAsync(cursor => client.ListJudgeJobsAsync(new JudgeJobQuery { Limit = 500, Cursor = cursor }));
        var scores = await ListAsync(cursor => client.ListScoresAsync(new ScoreQuery { Limit = 500, Cursor = cursor }));
        var dead = jobs.Where(job => job.State == JudgeJobState.Dead).ToArray();
        output.WriteLine(
            $"{what}. {jobs.Count} jobs: {jobs.Count - dead.Length} done, {dead.Length} dead letters; {scores.Count} scores; "
            + $"attempts {jobs.Average(job => job.Attempts):0.00} a job, at most {jobs.Max(job => job.Attempts)}.");

        Assert.Equal(Jobs, jobs.Count);
        Assert.All(dead, job => Assert.NotNull(job.Reason));
        Assert.All(scores, row => Assert.True(row.Score.Unscored is null, $"{row.Score.Judge}: {row.Score.Unscored}"));
        var byJob = scores.ToLookup(score => score.JobId);
        Assert.All(jobs.Where(job => job.State == JudgeJobState.Done), job =>
        {
            var rows = byJob[job.JobId].Select(row => (row.Score.Candidate, row.Score.Judge, row.Score.Criterion)).ToArray();
            Assert.Equal(2 * 2 * criteria, rows.Length);
            Assert.Equal(rows.Length, rows.Distinct().Count());
        });
    }

    private static async Task<List<T>> ListAsync<T>(Func<string?, Task<Page<T>>> page)
    {
        List<T> all = [];
        for (string? cursor = null; ;)
        {
            try
            {
                var one = await page(cursor);
                all.AddRange(one.Items);
                if (one.Next is null)
                {
                    return all;
                }

                cursor = one.Next;
            }
            catch (ConsensusApiException away) when (away.Problem.Retryable || away.Code is ClientErrorCodes.Unreachable or ClientErrorCodes.ConnectionLost)
            {
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
            }
        }
    }
}
