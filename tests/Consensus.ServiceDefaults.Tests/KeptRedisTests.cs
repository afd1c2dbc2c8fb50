using Consensus.Testing;
using StackExchange.Redis;

namespace Consensus.ServiceDefaults.Tests;

/// <summary>A Redis with persistence has after a restart what it answered for before: the ground that tests of restarts stand on.</summary>
public sealed class KeptRedisTests
{
    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task ListsKeysAndTransactionsOutliveARestart(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-redis-").FullName;
        var port = TestRedis.FreePort();
        using (var redis = await TestRedis.StartAsync(kind, port, "known", folder))
        {
            await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
            var transaction = client.GetDatabase().CreateTransaction();
            _ = transaction.StringSetAsync("marker", "1", TimeSpan.FromHours(1));
            _ = transaction.ListLeftPushAsync("waiting", "message");
            Assert.True(await transaction.ExecuteAsync());
            await client.GetDatabase().ListMoveAsync("waiting", "taken", ListSide.Right, ListSide.Left);
        }

        using (var again = await TestRedis.StartAsync(kind, port, "known", folder))
        {
            await using var client = await ConnectionMultiplexer.ConnectAsync(again.ConnectionString);
            var database = client.GetDatabase();
            Assert.Equal((0, 1), (await database.ListLengthAsync("waiting"), await database.ListLengthAsync("taken")));
            Assert.NotNull(await database.KeyTimeToLiveAsync("marker"));
        }

        Directory.Delete(folder, recursive: true);
    }
}
