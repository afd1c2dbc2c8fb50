using Consensus.Contracts.Runs;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Recovery;

public class RedisLossTests
{
    [Fact]
    public async Task ApiKeepsAnsweringWhileRedisIsGoneAndRecoversWithIt()
    {
        var port = TestRedis.FreePort();
        using var redis = await TestRedis.StartAsync(TestRedis.RedisServer, port, "known");
        await using var system = await RunningSystem.StartAsync(settings: $"--ConnectionStrings:redis={redis.ConnectionString},abortConnect=false,connectTimeout=1000");
        await StatusBecomesAsync("healthy");

        redis.Dispose();
        await StatusBecomesAsync("degraded");
        var run = await system.Client.AskAsync(new ConsensusRequest { Prompt = "What is 17 * 23?" });
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.True((await system.Client.GetReadinessAsync()).Ready);

        using var again = await TestRedis.StartAsync(TestRedis.RedisServer, port, "known");
        await StatusBecomesAsync("healthy");

        Task StatusBecomesAsync(string status) => Eventually.HoldsAsync(
            async () => (await system.Client.GetReadinessAsync()).Status == status, $"the API is {status}");
    }
}
