using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Recovery;

public class InterruptedRunTests
{
    private static readonly ConsensusRequest Question = new() { Prompt = "What is 17 * 23?", Models = ["sim/ada", "sim/boole"], DeadlineMs = 120_000 };

    [Fact]
    public async Task ARunWhoseApiIsKilledIsToldAsInterruptedAndItsKeyBeginsNoOther()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-interrupted-").FullName;
        ConsensusResponse finished, going;
        await using (var system = await RunningSystem.StartAsync(folder))
        {
            finished = await system.Client.AskAsync(Question, "finished");
            await system.FaultAsync("boole", new { fault = "timeout" });
            going = await system.Client.BeginAsync(Question, "going");
            await Eventually.HoldsAsync(async () => (await system.Client.GetRunAsync(going.RunId)).Progress is { Arrived: 1 }, "one of two models has answered");
            RunningProcess.Kill(await system.ProcessIdAsync("api"));
        }

        await using (var again = await RunningSystem.StartAsync(folder))
        {
            Assert.Equal(finished.RunId, (await again.Client.AskAsync(Question, "finished")).RunId);
            var problem = (await Assert.ThrowsAsync<ConsensusApiException>(() => again.Client.AskAsync(Question, "going"))).Problem;
            Assert.Equal((ErrorCatalog.RunInterrupted.Code, going.RunId), (problem.Code, problem.RunId));
            var stored = await again.Client.GetRunAsync(going.RunId);
            Assert.Equal((RunStatus.Failed, "interrupted"), (stored.Status, stored.StatusReason));
            Assert.Equal(2, (await again.Client.ListRunsAsync()).Items.Count);
        }

        Directory.Delete(folder, recursive: true);
    }
}
