using Consensus.Contracts.Runs;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Recovery;

public class RedisLossTests
{
    [Fact]
    public async Task ApiKeepsAnsweringWhileRedisIsGoneAndRecoversWithIt()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not installed.");
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var system = await RunningSystem.StartAsync(settings: $"--ConnectionStrings:redis={redis.ConnectionString}");
        await StatusBecomesAsync("healthy");

        await redis.KillAsync();
        await StatusBecomesAsync("degraded");
        var run = await system.Client.AskAsync(new ConsensusRequest { Prompt = "What is 17 * 23?" });
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.True((await system.Client.GetReadinessAsync()).Ready);

        await redis.StartAsync();
        await StatusBecomesAsync("healthy");

        Task StatusBecomesAsync(string status) => Eventually.HoldsAsync(
            async () => (await system.Client.GetReadinessAsync()).Status == status, $"the API is {status}");
    }
}
