using System.Text.Json.Nodes;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Caching;

public sealed class AnswerCacheTests
{
    [Fact]
    public async Task FiftyEqualRunsAtOnceAskEachModelOnce()
    {
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CachedApi.AskAsync(app)));

        Assert.Equal([1, 1, 1, 1, 1], await api.AskedAsync());
        Assert.All(runs, run => Assert.Equal((Outcome.Consensus, 391, 5), (run.Outcome, run.Answer!.Value!.Value.GetInt32(), run.Candidates!.Count)));
        Assert.Equal((5, 245), (runs.Sum(run => run.Calls!.Started), runs.Sum(run => run.Candidates!.Count(candidate => candidate.Cached))));
    }

    [Fact]
    public async Task ARunOfHitsStartsNoCallUsesNothingAndSaysSoInEveryCandidate()
    {
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync();
        var first = await CachedApi.AskAsync(app);
        var second = await CachedApi.AskAsync(app);

        Assert.Equal((5, 0), (first.Calls!.Started, second.Calls!.Started));
        Assert.Equal(new UsageBody(0, 0, 0), second.Usage);
        Assert.Equal(first.Candidates!.Select(c => c.Text), second.Candidates!.Select(c => c.Text));
        Assert.All(first.Candidates!, c => Assert.False(c.Cached));
        Assert.All(second.Candidates!, c => Assert.Equal((true, 0, null, new UsageBody(0, 0, 0)), (c.Cached, c.Attempts, c.LatencyMs, c.Usage)));
        Assert.Null(second.Timings!.SlowestCallMs);
        Assert.Equal((second.Agreement, false), (first.Agreement, second.Degraded));
        using var stored = await app.Http.GetAsync(second.Links["self"]);
        Assert.All((await stored.RunAsync()).Candidates!, c => Assert.True(c.Cached));
    }

    [Fact]
    public async Task AHitCostsNothingAlsoUnderACap()
    {
        const string Capped = """{"prompt":"What is 17 * 23?","models":["paid/ada"],"seed":3,"maxCostUsd":1}""";
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync([
            ("Providers:paid:Kind", "simulator"), ("Providers:paid:Endpoint", api.Models), ("Providers:paid:Models:ada:InputUsdPerMillion", "5"),
            ("Providers:paid:Models:ada:OutputUsdPerMillion", "20")]);
        var (first, second) = (await CachedApi.AskAsync(app, Capped), await CachedApi.AskAsync(app, Capped));
        Assert.True(first.Usage!.CostUsd > 0);
        Assert.Equal((0m, true), (second.Usage!.CostUsd, second.Candidates![0].Cached));
    }

    [Theory]
    [InlineData("""{"prompt":"What is 17 * 23?"}""", false)]
    [InlineData("""{"prompt":"What is 17 * 23?","temperature":0.2}""", false)]
    [InlineData("""{"prompt":"What is 17 * 23?","temperature":0}""", true)]
    [InlineData("""{"prompt":"What is 17 * 23?","temperature":0.2,"seed":7}""", true)]
    [InlineData("""{"prompt":"What is 17 * 23?","seed":7,"cache":true}""", true)]
    [InlineData("""{"prompt":"What is 17 * 23?","temperature":0,"seed":7,"cache":false}""", false)]
    public async Task OnlyCallsThatWouldGiveTheSameAgainAreKeptAndOnlyWhereTheRequestLetsThem(string request, bool kept)
    {
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync();
        await CachedApi.AskAsync(app, request);
        var again = await CachedApi.AskAsync(app, request);
        Assert.All(again.Candidates!, c => Assert.Equal(kept, c.Cached));
    }

    [Fact]
    public async Task ARequestThatOptsOutNeitherTakesNorGives()
    {
        const string OptedOut = """{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"temperature":0,"cache":false}""";
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync();
        await CachedApi.AskAsync(app, OptedOut);
        Assert.All((await CachedApi.AskAsync(app)).Candidates!, c => Assert.False(c.Cached));
        Assert.All((await CachedApi.AskAsync(app, OptedOut)).Candidates!, c => Assert.False(c.Cached));
        Assert.Equal([3, 3, 3, 3, 3], await api.AskedAsync());
    }

    [Fact]
    public async Task EachSampleHasAnAnswerOfItsOwn()
    {
        const string Twice = """{"prompt":"What is 17 * 23?","temperature":0,"samplesPerModel":2}""";
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync();
        var first = await CachedApi.AskAsync(app, Twice);
        var second = await CachedApi.AskAsync(app, Twice);
        Assert.All(first.Candidates!, c => Assert.False(c.Cached));
        Assert.All(second.Candidates!, c => Assert.True(c.Cached));
        Assert.Equal(first.Candidates!.Select(c => (c.Model, c.Sample, c.Text)), second.Candidates!.Select(c => (c.Model, c.Sample, c.Text)));
        Assert.Equal([2, 2, 2, 2, 2], await api.AskedAsync());
    }

    [Theory]
    [InlineData("false", 2)]
    [InlineData("true", 1)]
    public async Task OneKeysAnswersServeAnotherOnlyWhereThatIsConfigured(string shared, int asked)
    {
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync([.. KeyedApi.Settings.Select(s => (s.Key, s.Value)), ("Cache:Shared", shared)]);
        foreach (var name in new[] { "alice", "bob", "alice" })
        {
            using var client = app.Client(KeyedApi.Key(name));
            await CachedApi.AskAsync(app, client: client);
        }

        Assert.All(await api.AskedAsync(), count => Assert.Equal(asked, count));
    }

    [Fact]
    public async Task AModelThatFailsIsAskedAgain()
    {
        await using var api = await CachedApi.StartAsync(("Simulator:Models:ada:Faults:refusal:Probability", "1"));
        var app = await api.AddAsync();
        await CachedApi.AskAsync(app);
        var again = await CachedApi.AskAsync(app);
        Assert.Equal(("sim/ada", false), again.Candidates!.Single(c => c.Status == CandidateStatus.Failed) is var failed ? (failed.Model, failed.Cached) : default);
        Assert.Equal(4, again.Candidates!.Count(c => c.Cached));
    }

    [Fact]
    public async Task TheQuestionsOfStepsAreNeverKept()
    {
        const string Ranked = """{"prompt":"What is 17 * 23?","temperature":0,"seed":1,"strategy":"ranked"}""";
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync();
        var first = await CachedApi.AskAsync(app, Ranked);
        var second = await CachedApi.AskAsync(app, Ranked);
        Assert.All(second.Candidates!, c => Assert.True(c.Cached));
        Assert.Equal(first.Steps!.Sum(step => step.Calls.Count(call => call.Attempts > 0)), second.Steps!.Sum(step => step.Calls.Count(call => call.Attempts > 0)));
    }

    [Fact]
    public async Task WithoutTheSettingNothingIsKept()
    {
        await using var api = await CachedApi.StartAsync();
        var app = await api.AddAsync(("Cache:Enabled", "false"));
        await CachedApi.AskAsync(app);
        Assert.All((await CachedApi.AskAsync(app)).Candidates!, c => Assert.False(c.Cached));
    }

    [Fact]
    public async Task TheMemberIsCheckedAsAllAre()
    {
        await using var app = await ApiApp.StartAsync();
        Assert.Equal(["cache invalid_type"], await (await app.PostAsync("/v1/consensus", new JsonObject { ["prompt"] = "x", ["cache"] = "off" })).ViolationsAsync());
    }

    [Fact]
    public async Task SettingsThatAreWrongStopTheStartWithEveryFault()
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Cache:Enabled"] = "on", ["Cache:Ttl"] = "00:00:00", ["Cache:MemoryMegabytes"] = "0", ["Cache:Key"] = "short", ["Cache:RedisTimeout"] = "x", ["Cache:Time"] = "1",
        }));
        foreach (var name in new[] { "Cache:Enabled", "Cache:Ttl", "Cache:MemoryMegabytes", "Cache:Key", "Cache:RedisTimeout", "Cache:Time is no setting" })
        {
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        }
    }
}
