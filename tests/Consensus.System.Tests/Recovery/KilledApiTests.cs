using System.Collections.Concurrent;
using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Recovery;

public class KilledApiTests(ITestOutputHelper output)
{
    private const int Askers = 8;
    private const int AnswersBeforeTheKill = 40;

    [Fact]
    public async Task EveryAnsweredRunIsInTheLogAfterAKillInMidLoad()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-killed-").FullName;
        var answered = new ConcurrentBag<Guid>();
        await using (var system = await RunningSystem.StartAsync(new Dictionary<string, string?> { ["Simulator__LatencyScale"] = "0.1" }, folder))
        {
            var api = await system.ProcessIdAsync("api");
            var askers = Enumerable.Range(0, Askers).Select(_ => AskUntilItDiesAsync(system.Client)).ToArray();
            await Eventually.HoldsAsync(() => answered.Count >= AnswersBeforeTheKill, "the API answers under load");
            RunningProcess.Kill(api);
            await Task.WhenAll(askers).WaitAsync(TimeSpan.FromMinutes(1));

            // One clear line, and the rest goes on.
            await system.Host.Lines.FirstAsync(line => line.Contains("api", StringComparison.Ordinal) && line.Contains("ended unexpectedly", StringComparison.Ordinal) ? line : null, "the api's end", TimeSpan.FromSeconds(30));
            Assert.False(system.Host.HasExited);
            Assert.True(RunningProcess.IsAlive(await system.ProcessIdAsync("models")));
        }

        await using (var again = await RunningSystem.StartAsync(folder))
        {
            foreach (var id in answered)
            {
                Assert.Equal(RunStatus.Completed, (await again.Client.GetRunAsync(id)).Status);
            }

            output.WriteLine($"{answered.Count} runs were answered before the kill, and all are in the log.");
        }

        Directory.Delete(folder, recursive: true);

        async Task AskUntilItDiesAsync(ConsensusClient client)
        {
            for (var i = 0; ; i++)
            {
                try
                {
                    answered.Add((await client.AskAsync(new ConsensusRequest { Prompt = $"What is {i} + 1?" })).RunId);
                }
                catch (ConsensusApiException e) when (e.Problem.Status == 0)
                {
                    return;
                }
            }
        }
    }
}
