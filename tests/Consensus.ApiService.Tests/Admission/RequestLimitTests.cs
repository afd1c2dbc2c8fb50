using System.Globalization;
using System.Net;
using Consensus.ApiService.Admission;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Keys;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.Admission;

/// <summary>How often callers may ask.</summary>
public sealed class RequestLimitTests
{
    [Fact]
    public async Task AKeyIsRefusedBeyondItsLimitToldWhenToComeAgainAndTakenThen()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 30, TimeSpan.Zero));
        await using var app = await ApiApp.StartAsync(
            new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:RequestsPerMinute"] = "3" }, builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var bob = app.Client(KeyedApi.Key("bob"));
        for (var left = 2; left >= 0; left--)
        {
            using var taken = await alice.GetAsync("/v1/models");
            Assert.Equal((HttpStatusCode.OK, "3", $"{left}", "30"), (taken.StatusCode, Header(taken, "RateLimit-Limit"), Header(taken, "RateLimit-Remaining"), Header(taken, "RateLimit-Reset")));
        }

        using var refused = await alice.GetAsync("/v1/models");
        await refused.ProblemAsync(ErrorCatalog.RateLimited);
        var wait = int.Parse(Header(refused, "Retry-After")!, CultureInfo.InvariantCulture);
        Assert.Equal((50, "0"), (wait, Header(refused, "RateLimit-Remaining")));
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/v1/models")).StatusCode);

        time.Advance(TimeSpan.FromSeconds(wait - 1));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await alice.GetAsync("/v1/models")).StatusCode);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/v1/models")).StatusCode);
    }

    [Fact]
    public async Task ALimitOfTheKeyGoesBeforeThatOfAllAndAWorkersIsItsOwn()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:RequestsPerMinute"] = "1000", ["Limits:WorkerRequestsPerMinute"] = "5000" });
        using var rooted = app.Client(KeyedApi.Key("root"));
        var slow = await new ConsensusClient(rooted).CreateKeyAsync(new NewKey("slow", ["read"], Limits: new KeyLimits(RequestsPerMinute: 1)));
        using var slowly = app.Client(slow.Secret);
        using var worker = app.Client(KeyedApi.Key("worker"));
        Assert.Equal("1", Header(await slowly.GetAsync("/v1/models"), "RateLimit-Limit"));
        await (await slowly.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.RateLimited);
        Assert.Equal("5000", Header(await worker.GetAsync("/v1/scoring/config"), "RateLimit-Limit"));
    }

    [Fact]
    public async Task HealthAndReadinessAreNeverLimitedNorIsThisMachineWithoutAKey()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Limits:RequestsPerMinute"] = "1", ["Limits:AddressRequestsPerMinute"] = "1" });
        foreach (var path in (string[])["/health", "/ready", "/v1/models", "/v1/models", "/health", "/ready"])
        {
            using var response = await app.Http.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, null), (response.StatusCode, Header(response, "RateLimit-Limit")));
        }
    }

    [Fact]
    public async Task AnAddressIsStoppedBeforeItsKeysAreLookedAt()
    {
        await using var app = await ApiApp.StartAsync(
            new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:AddressRequestsPerMinute"] = "2", ["Limits:LimitLoopback"] = "true" });
        using var guessing = app.Client("a-guess-0123456789-abcdef");
        await (await guessing.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
        await (await guessing.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.Unauthorized);
        using var stopped = await guessing.GetAsync("/v1/models");
        await stopped.ProblemAsync(ErrorCatalog.RateLimited);
        Assert.NotNull(stopped.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task WithoutAKeyAnAddressIsTheCaller()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Limits:RequestsPerMinute"] = "2", ["Limits:LimitLoopback"] = "true" });
        Assert.Equal("1", Header(await app.Http.GetAsync("/v1/models"), "RateLimit-Remaining"));
        Assert.Equal("0", Header(await app.Http.GetAsync("/v1/models"), "RateLimit-Remaining"));
        await (await app.Http.GetAsync("/v1/models")).ProblemAsync(ErrorCatalog.RateLimited);
    }

    [Fact]
    public void OfIpv6TheNetworkIsTheAddress()
    {
        var limits = new RequestLimits(null!, null!, Options.Create(new AdmissionOptions()));
        Assert.Equal("203.0.113.7", limits.AddressOf(IPAddress.Parse("::ffff:203.0.113.7")));
        Assert.Equal(limits.AddressOf(IPAddress.Parse("2001:db8:1:2::3")), limits.AddressOf(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.NotEqual(limits.AddressOf(IPAddress.Parse("2001:db8:1:2::3")), limits.AddressOf(IPAddress.Parse("2001:db8:1:3::3")));
        Assert.Null(limits.AddressOf(IPAddress.Loopback));
        Assert.Null(limits.AddressOf(IPAddress.IPv6Loopback));
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task TwoProcessesOnOneRedisCountAsOneAndWithoutItEachGoesOnAlone(string kind)
    {
        // A clock that stands still: every request lies in one minute, however slow the machine.
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 30, TimeSpan.Zero));
        var redis = await TestRedis.StartAsync(kind);
        var settings = new Dictionary<string, string>(KeyedApi.Settings) { ["ConnectionStrings:redis"] = redis.ConnectionString, ["Limits:RequestsPerMinute"] = "20", ["Limits:RedisTimeout"] = "00:00:10" };
        await using var one = await ApiApp.StartAsync(settings, builder => builder.Services.AddSingleton<TimeProvider>(time));
        await using var two = await ApiApp.StartAsync(settings, builder => builder.Services.AddSingleton<TimeProvider>(time));
        foreach (var app in (ApiApp[])[one, two])
        {
            await Eventually.HoldsAsync(() => app.Services.GetService<StackExchange.Redis.IConnectionMultiplexer>()!.IsConnected);
            // The first use may find that it is still connecting, and leaves it alone for a second of this clock.
            using var bob = app.Client(KeyedApi.Key("bob"));
            await bob.GetAsync("/v1/models");
        }

        time.Advance(TimeSpan.FromSeconds(2));
        using var here = one.Client(KeyedApi.Key("alice"));
        using var there = two.Client(KeyedApi.Key("alice"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? here : there).GetAsync("/v1/models")));
        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.OK), 15, 20);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await there.GetAsync("/v1/models")).StatusCode);

        redis.Dispose();
        var alone = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => there.GetAsync("/v1/models")));
        Assert.Equal(20, alone.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Contains(two.Log.Lines, line => line.Contains("limits hold for this process alone", StringComparison.Ordinal));
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
