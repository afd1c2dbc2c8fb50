using System.Text;
using Consensus.ApiService.Caching;
using Consensus.Testing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Consensus.ApiService.Tests.Caching;

public sealed class RedisAnswersTests
{
    private const string Secret = "a-secret-that-both-processes-were-given";

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task AnotherProcessWithTheSameSecretTakesTheAnswersAndNobodyCanReadThemInRedis(string kind)
    {
        using var redis = await TestRedis.StartAsync(kind);
        await using var api = await CachedApi.StartAsync();
        // Whoever else has the machine now must not make this a Redis that is too slow.
        (string, string)[] settings = [("ConnectionStrings:redis", redis.ConnectionString), ("Cache:RedisTimeout", "00:00:10")];
        var first = await api.AddAsync([.. settings, ("Cache:Key", Secret)]);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await Eventually.HoldsAsync(() => first.Services.GetService(typeof(IConnectionMultiplexer)) is IConnectionMultiplexer { IsConnected: true });
        await CachedApi.AskAsync(first);
        await Eventually.HoldsAsync(() => Keys(client).Length == 5);

        var second = await api.AddAsync([.. settings, ("Cache:Key", Secret)]);
        await Eventually.HoldsAsync(async () =>
        {
            // Until it is connected it does without.
            var run = await CachedApi.AskAsync(second);
            return run.Calls!.Started == 0;
        });

        var stranger = await api.AddAsync(settings);
        await CachedApi.AskAsync(stranger);
        Assert.DoesNotContain((await CachedApi.AskAsync(stranger)).Candidates!, c => !c.Cached);
        foreach (var key in Keys(client))
        {
            var value = (byte[])(await client.GetDatabase().StringGetAsync(key))!;
            Assert.DoesNotContain("391", Encoding.Latin1.GetString(value), StringComparison.Ordinal);
            Assert.InRange((await client.GetDatabase().KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        }
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task WithRedisGoneTheCacheInMemoryServesAndNothingFails(string kind)
    {
        var redis = await TestRedis.StartAsync(kind);
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync(("ConnectionStrings:redis", redis.ConnectionString));
        await CachedApi.AskAsync(app);
        redis.Dispose();
        Assert.Equal(0, (await CachedApi.AskAsync(app)).Calls!.Started);
        var other = await CachedApi.AskAsync(app, CachedApi.Question.Replace("17", "18", StringComparison.Ordinal));
        Assert.Equal((5, false), (other.Calls!.Started, other.Degraded));
        Assert.Equal(0, (await CachedApi.AskAsync(app, CachedApi.Question.Replace("17", "18", StringComparison.Ordinal))).Calls!.Started);
    }

    [Fact]
    public async Task ARedisThatHangsIsLeftAloneForAWhile()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.RedisServer);
        var options = ConfigurationOptions.Parse(redis.ConnectionString);
        options.AllowAdmin = true;
        await using var client = await ConnectionMultiplexer.ConnectAsync(options);
        await using var services = new ServiceCollection().AddSingleton<IConnectionMultiplexer>(client).BuildServiceProvider();
        var time = new FakeTimeProvider();
        var answers = new RedisAnswers(services, TimeSpan.FromMilliseconds(50), time);
        var expiry = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) };
        await Eventually.HoldsAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await answers.SetAsync("a", [1], expiry, TestContext.Current.CancellationToken);
            return await answers.GetAsync("a", TestContext.Current.CancellationToken) is [1];
        });

        await client.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", "4000", "ALL");
        Assert.Null(await answers.GetAsync("a", TestContext.Current.CancellationToken));
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await client.GetDatabase().PingAsync();
                return true;
            }
            catch (RedisException)
            {
                return false;
            }
        });

        // It is back, and not asked yet.
        Assert.Null(await answers.GetAsync("a", TestContext.Current.CancellationToken));
        await Eventually.HoldsAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return await answers.GetAsync("a", TestContext.Current.CancellationToken) is [1];
        });
    }

    [Fact]
    public async Task ARedisThatWasNeverThereIsDoneWithout()
    {
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync(("ConnectionStrings:redis", $"127.0.0.1:{TestRedis.FreePort()}"));
        Assert.Equal(5, (await CachedApi.AskAsync(app)).Calls!.Started);
        Assert.Equal(0, (await CachedApi.AskAsync(app)).Calls!.Started);
    }

    [Fact]
    public async Task WhereNoContentIsStoredNoneGoesToRedis()
    {
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync(("ConnectionStrings:redis", redis.ConnectionString), ("RunLog:Content", "None"));
        Assert.Null(app.Services.GetService(typeof(RedisAnswers)));
        await CachedApi.AskAsync(app);
        Assert.Equal(0, (await CachedApi.AskAsync(app)).Calls!.Started);
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        Assert.Empty(Keys(client));
    }

    [Fact]
    public async Task TheSecretOfTheStorageFolderIsMadeOnceAndForThisUserAlone()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-cache-");
        try
        {
            // Many folders, since two that look at the same moment are rare.
            for (var i = 0; i < 50; i++)
            {
                var other = Path.Combine(folder.FullName, $"{i}");
                using var start = new Barrier(8);
                var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                    () =>
                    {
                        start.SignalAndWait();
                        return CacheKeyFile.ReadOrMake(other);
                    },
                    TestContext.Current.CancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default)));
                Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
                Assert.Equal(32, secrets[0].Length);
            }

            var below = Path.Combine(folder.FullName, "0");
            Assert.Equal([CacheKeyFile.Name], Directory.EnumerateFiles(below).Select(Path.GetFileName));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(below, CacheKeyFile.Name)));
            }

            await File.WriteAllTextAsync(Path.Combine(below, CacheKeyFile.Name), "cut", TestContext.Current.CancellationToken);
            Assert.Throws<IOException>(() => CacheKeyFile.ReadOrMake(below));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RedisKey[] Keys(ConnectionMultiplexer client) => [.. client.GetServer(client.GetEndPoints()[0]).Keys(pattern: "answers:*")];
}
