using Consensus.AppHost.Redis;
using StackExchange.Redis;

namespace Consensus.AppHost.Tests;

public sealed class GarnetRedisTests
{
    [Fact]
    public async Task ServesAClientThatParsesItsConnectionString()
    {
        using var garnet = GarnetRedis.Start();
        await using var client = await ConnectionMultiplexer.ConnectAsync(garnet.ConnectionString);
        var database = client.GetDatabase();

        await database.ListLeftPushAsync("from", "job");
        await database.ListMoveAsync("from", "to", ListSide.Right, ListSide.Left);
        var transaction = database.CreateTransaction();
        transaction.AddCondition(Condition.KeyNotExists("marker"));
        var set = transaction.StringSetAsync("marker", "1", TimeSpan.FromMinutes(1));
        var pushed = transaction.ListLeftPushAsync("to", "second");

        Assert.True(await transaction.ExecuteAsync());
        Assert.True(await set);
        Assert.Equal(2, await pushed);
        Assert.Equal("job", await database.ListGetByIndexAsync("to", 1));
        Assert.NotNull(await database.KeyTimeToLiveAsync("marker"));
    }

    [Fact]
    public async Task RefusesAClientWithoutThePassword()
    {
        using var garnet = GarnetRedis.Start();
        await Assert.ThrowsAnyAsync<RedisException>(async () =>
        {
            await using var client = await ConnectionMultiplexer.ConnectAsync($"{GarnetRedis.Host}:{garnet.Port}");
            await client.GetDatabase().PingAsync();
        });
    }

    [Fact]
    public void TwoServersHaveDifferentPortsAndPasswords()
    {
        using var one = GarnetRedis.Start();
        using var other = GarnetRedis.Start();
        Assert.NotEqual(one.Port, other.Port);
        Assert.NotEqual(one.Password, other.Password);
    }
}
