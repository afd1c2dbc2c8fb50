using System.Collections.Concurrent;
using System.Security.Cryptography;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Recovery;

/// <summary>Two API processes on one database and one Redis, under load; one is killed.</summary>
public sealed class ReplicaTests(ITestOutputHelper output)
{
    private const int Askers = 6;
    private const int BeforeTheKill = 40;
    private const int AfterTheKill = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithOneKilledUnderLoadNothingIsLostAndNothingDoubled()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-replicas-");
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        string[] shared =
        [
            $"--ConnectionStrings:runs={TestPostgres.NewDatabase()}", $"--Audit:Key={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}", "--RunLog:Lease=00:00:05",
        ];
        var answered = new ConcurrentDictionary<string, Guid>();
        await using (var one = new ServiceProcesses(Path.Combine(folder.FullName, "one"), redis.ConnectionString))
        await using (var other = new ServiceProcesses(Path.Combine(folder.FullName, "other"), redis.ConnectionString, one))
        {
            await one.StartModelsAsync(latencyScale: 0.1);
            await Task.WhenAll(one.StartApiAsync([.. shared, "--RunLog:Instance=one"]), other.StartApiAsync([.. shared, "--RunLog:Instance=other"]));
            var begun = new ConcurrentBag<Guid>();
            var killed = new TaskCompletionSource();
            var askers = Enumerable.Range(0, Askers).Select(AskAsync).ToArray();
            await Eventually.HoldsAsync(() => answered.Count >= BeforeTheKill, "both answer under load");
            for (var i = 0; i < 5; i++)
            {
                begun.Add((await one.Client.BeginAsync(new ConsensusRequest { Prompt = $"What is {i} + 2?" }, cancellationToken: Token)).RunId);
            }

            await one.KillApiAsync();
            killed.SetResult();
            await Task.WhenAll(askers).WaitAsync(TimeSpan.FromMinutes(2), Token);

            // What was answered is there, once for each key, and what had begun at the killed one has an end.
            await Eventually.HoldsAsync(async () => (await RunsAsync(other.Client)).All(static run => run.Status is not (RunStatus.Running or RunStatus.Accepted)), "every run has an end");
            var runs = await RunsAsync(other.Client);
            Assert.All(answered.Values, id => Assert.Equal(RunStatus.Completed, runs.Single(run => run.RunId == id).Status));
            Assert.All(begun, id => Assert.Single(runs, run => run.RunId == id));
            var doubled = runs.Where(run => run.Status == RunStatus.Completed && run.Tags.Count > 0).GroupBy(static run => run.Tags[0]).Where(static g => g.Count() > 1).Select(static g => g.Key);
            Assert.Empty(doubled);
            output.WriteLine($"{answered.Count} questions answered, {runs.Count} runs stored, {runs.Count(static run => run.Status == RunStatus.Failed)} interrupted by the kill.");

            async Task AskAsync(int asker)
            {
                for (var i = 0; !killed.Task.IsCompleted || answered.Count < BeforeTheKill + AfterTheKill; i++)
                {
                    var name = $"{asker}-{i}";
                    answered[name] = await AskOneAsync(name, (asker + i) % 2 == 0 ? [one.Client, other.Client] : [other.Client, one.Client]);
                }
            }
        }

        folder.Delete(recursive: true);
    }

    /// <summary>As a careful caller asks: with a key, and again, also of the other process, until there is an answer.</summary>
    private static async Task<Guid> AskOneAsync(string name, ConsensusClient[] clients)
    {
        var key = name;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return (await clients[attempt % 2].AskAsync(new ConsensusRequest { Prompt = $"What is {name.Replace('-', '7')} + 1?", Tags = [name] }, key, Token)).RunId;
            }
            catch (ConsensusApiException e) when (e.Problem.Code == ErrorCatalog.RunInterrupted.Code)
            {
                key += "'"; // its process was killed: only the caller can say that the run may begin anew
            }
            catch (ConsensusApiException e) when ((e.Problem.Status == 0 || e.Problem.Retryable) && attempt < 400)
            {
                await Task.Delay(50, Token); // as Retry-After asks, only sooner
            }
        }
    }

    private static async Task<List<RunSummary>> RunsAsync(ConsensusClient client)
    {
        List<RunSummary> runs = [];
        string? cursor = null;
        do
        {
            var page = await client.ListRunsAsync(new RunQuery { Limit = 100, Cursor = cursor }, Token);
            runs.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return runs;
    }
}
