using System.Globalization;
using System.Net;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Runs.Live;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Admission;

/// <summary>How many runs a key may have going, what they may cost in a day, how many calls each may cause.</summary>
public sealed class RunLimitTests
{
    private static readonly (string, string) Alice = ("Authorization", $"Bearer {KeyedApi.Key("alice")}");
    private static readonly (string, string) Bob = ("Authorization", $"Bearer {KeyedApi.Key("bob")}");
    private static readonly (string, string) Later = ("Prefer", "respond-async");

    [Fact]
    public async Task AKeyHasNoMoreRunsGoingThanItMayAlsoAsynchronousOnesAndItsPlaceIsFreeWhenOneEnds()
    {
        await using var api = await HeldApi.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:ConcurrentRuns"] = "2" });
        using var first = await api.AskAsync(HeldApi.Question, Alice, Later);
        using var second = await api.AskAsync(HeldApi.Question, Alice, Later);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        using var third = await api.AskAsync(HeldApi.Question, Alice, Later);
        await third.ProblemAsync(ErrorCatalog.TooManyRuns);
        Assert.NotNull(third.Headers.RetryAfter);
        using var others = await api.AskAsync(HeldApi.Question, Bob, Later);
        Assert.Equal(HttpStatusCode.Accepted, others.StatusCode);

        using var cancelled = await api.SendAsync(HttpMethod.Post, $"{first.Headers.Location}/cancel", null, Alice);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        using var again = await Poll.UntilAsync(() => api.AskAsync(HeldApi.Question, Alice, Later), r => r.StatusCode == HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task TheSameRequestAgainTakesNoPlaceOfItsOwn()
    {
        await using var api = await HeldApi.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:ConcurrentRuns"] = "1" });
        using var first = await api.AskAsync(HeldApi.Question, Alice, Later, ("Idempotency-Key", "k"));
        using var same = await api.AskAsync(HeldApi.Question, Alice, Later, ("Idempotency-Key", "k"));
        Assert.Equal((HttpStatusCode.Accepted, first.Headers.Location), (same.StatusCode, same.Headers.Location));
        using var other = await api.AskAsync(HeldApi.Question, Alice, Later, ("Idempotency-Key", "l"));
        await other.ProblemAsync(ErrorCatalog.TooManyRuns);

        // What was refused was not begun, nor does its key stand for anything.
        api.Release();
        using var taken = await Poll.UntilAsync(
            () => api.AskAsync(HeldApi.Question, Alice, ("Idempotency-Key", "l")), r => r.StatusCode is HttpStatusCode.OK);
        Assert.Equal(RunStatus.Completed, (await taken.RunAsync()).Status);
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task TwoProcessesOnOneRedisShareTheRunsOfAKeyAndWithoutItEachGoesOnAlone(string kind)
    {
        var redis = await TestRedis.StartAsync(kind);
        var settings = new Dictionary<string, string>(KeyedApi.Settings) { ["ConnectionStrings:redis"] = redis.ConnectionString, ["Limits:ConcurrentRuns"] = "1", ["Limits:RedisTimeout"] = "00:00:10" };
        await using var here = await HeldApi.StartAsync(settings);
        await using var there = await HeldApi.StartAsync(settings);
        foreach (var api in (HeldApi[])[here, there])
        {
            await Eventually.HoldsAsync(() => api.App.Services.GetService<StackExchange.Redis.IConnectionMultiplexer>()!.IsConnected);
            await Eventually.HoldsAsync(async () =>
                await api.App.Services.GetRequiredService<Consensus.ApiService.Admission.SharedRedis>().TryAsync(server => server.KeyExistsAsync("nothing")) is not null);
        }

        using var first = await here.AskAsync(HeldApi.Question, Alice, Later);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        using var refused = await there.AskAsync(HeldApi.Question, Alice, Later);
        await refused.ProblemAsync(ErrorCatalog.TooManyRuns);

        using var cancelled = await here.SendAsync(HttpMethod.Post, $"{first.Headers.Location}/cancel", null, Alice);
        using var second = await Poll.UntilAsync(() => there.AskAsync(HeldApi.Question, Alice, Later), r => r.StatusCode == HttpStatusCode.Accepted);

        redis.Dispose();
        using var alone = await Poll.UntilAsync(() => here.AskAsync(HeldApi.Question, Alice, Later), r => r.StatusCode == HttpStatusCode.Accepted);
        using var full = await there.AskAsync(HeldApi.Question, Alice, Later);
        await full.ProblemAsync(ErrorCatalog.TooManyRuns);
    }

    [Fact]
    public async Task WhatRunsCostCountsAgainstTheDayOfTheirKeyAndGoingOnesHoldBackTheirWorstCase()
    {
        var settings = new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:DailyCostUsd"] = "1" };
        Price(settings, usdPerMillionTokens: 4_000);
        await using var api = await HeldApi.StartAsync(settings);

        // At worst 100 tokens of output each, so 1.2 dollars and the question: too much for a day, whatever it would have cost.
        using var tooDear = await api.AskAsync(Question(maxOutputTokens: 100), Alice);
        await tooDear.ProblemAsync(ErrorCatalog.BudgetExhausted);
        Assert.InRange(Wait(tooDear), 1, 86_400);
        Assert.Equal(0, api.Calls);

        using var going = await api.AskAsync(Question(maxOutputTokens: 50), Alice, Later);
        Assert.Equal(HttpStatusCode.Accepted, going.StatusCode);
        using var heldBack = await api.AskAsync(Question(maxOutputTokens: 50), Alice, Later);
        Assert.Contains("held back", (await heldBack.ProblemAsync(ErrorCatalog.BudgetExhausted)).Detail, StringComparison.Ordinal);
        Assert.Equal(1, Wait(heldBack));
        using var others = await api.AskAsync(Question(maxOutputTokens: 50), Bob, Later);
        Assert.Equal(HttpStatusCode.Accepted, others.StatusCode);

        api.Release();
        var log = api.App.Services.GetRequiredService<RunLog>();
        var run = await Poll.UntilAsync(
            async () => await (await api.SendAsync(HttpMethod.Get, going.Headers.Location!.OriginalString, null, Alice)).RunAsync(), r => r.Status == RunStatus.Completed);
        Assert.True(run.Usage!.CostUsd > 0);
        await Eventually.HoldsAsync(async () => await log.FindKeyCostAsync("alice", run.CreatedAt, default) == run.Usage.CostUsd);

        using var next = await Poll.UntilAsync(() => api.AskAsync(Question(maxOutputTokens: 50), Alice), r => r.StatusCode == HttpStatusCode.OK);
        var second = await next.RunAsync();
        Assert.Equal(run.Usage.CostUsd + second.Usage!.CostUsd, await log.FindKeyCostAsync("alice", run.CreatedAt, default));
        Assert.Equal(0, await log.FindKeyCostAsync("alice", run.CreatedAt.AddDays(1), default));
    }

    [Fact]
    public async Task RunsThatCameByOpenAisProtocolAreBoundToo()
    {
        await using var api = await HeldApi.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:ConcurrentRuns"] = "1" });
        using var first = await api.AskAsync(HeldApi.Question, Alice, Later);
        const string chat = """{"model":"consensus","messages":[{"role":"user","content":"What is 17 * 23?"}]}""";
        using var refused = await api.SendAsync(HttpMethod.Post, "/openai/v1/chat/completions", chat, Alice);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("too_many_runs", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, Wait(refused));
        Assert.NotNull(refused.Headers.GetValues("RateLimit-Limit").Single());
    }

    [Fact]
    public async Task ABudgetOfNothingLetsNoRunBeginAndDecisionsWithoutCallsGoOn()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:DailyCostUsd"] = "0" });
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var refused = await app.PostAsync("/v1/consensus", """{"prompt":"x"}""", alice);
        await refused.ProblemAsync(ErrorCatalog.BudgetExhausted);
        using var decided = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, alice);
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
    }

    [Fact]
    public async Task ADailyBudgetNeedsTheRunLogItStandsIn()
    {
        var settings = new Dictionary<string, string> { ["Limits:DailyCostUsd"] = "5", ["RunLog:Enabled"] = "false" };
        Assert.Contains("needs the run log", (await Assert.ThrowsAsync<ApiService.Hosting.StartRefusedException>(() => ApiApp.StartAsync(settings))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"prompt":"x","models":["sim/ada","sim/boole"],"samplesPerModel":3}""", "samplesPerModel too_many")]
    [InlineData("""{"prompt":"x","models":["sim/ada","sim/boole"],"strategy":"debate"}""", "strategy too_many")]
    [InlineData("""{"prompt":"x","models":["sim/ada","sim/boole","sim/curie"],"strategy":"ranked"}""", "strategy too_many")]
    public async Task ARunThatMayCauseTooManyCallsIsRefusedBeforeAnyIsMade(string request, string violation)
    {
        await using var api = await HeldApi.StartAsync(new Dictionary<string, string> { ["Limits:MaxCallsPerRun"] = "5" }, held: false);
        using var refused = await api.AskAsync(request);
        Assert.Equal([violation], await refused.ViolationsAsync());
        Assert.Equal(0, api.Calls);
        using var taken = await api.AskAsync("""{"prompt":"x","models":["sim/ada","sim/boole"],"strategy":"synthesis"}""");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Theory]
    [InlineData("Limits:RequestsPerMinute", "0")]
    [InlineData("Limits:ConcurrentRuns", "10001")]
    [InlineData("Limits:DailyCostUsd", "-1")]
    [InlineData("Limits:MaxCallsPerRun", "0")]
    public async Task AWrongSettingRefusesTheStartAndIsNamed(string setting, string value)
    {
        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => ApiApp.StartAsync(new Dictionary<string, string> { [setting] = value }));
        Assert.Contains(setting.Split(':')[1], refused.Message, StringComparison.Ordinal);
    }

    private static string Question(int maxOutputTokens) => HeldApi.Question.Replace("{\"prompt\"", $"{{\"maxOutputTokens\":{maxOutputTokens},\"prompt\"", StringComparison.Ordinal);

    private static int Wait(HttpResponseMessage response) => int.Parse(response.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);

    private static void Price(Dictionary<string, string> settings, int usdPerMillionTokens)
    {
        settings["Providers:sim:Kind"] = "simulator";
        foreach (var (i, name) in ((string[])["ada", "boole", "curie"]).Index())
        {
            settings[$"Providers:sim:Models:{i}:Name"] = name;
            settings[$"Providers:sim:Models:{i}:InputUsdPerMillion"] = "0";
            settings[$"Providers:sim:Models:{i}:OutputUsdPerMillion"] = $"{usdPerMillionTokens}";
        }
    }
}
