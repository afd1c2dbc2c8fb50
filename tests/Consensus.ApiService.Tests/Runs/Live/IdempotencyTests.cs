using System.Net;
using System.Text.Json;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Runs.Live;

public sealed class IdempotencyTests
{
    private static readonly (string, string) Key = ("Idempotency-Key", "4f0c8a52-once");

    [Fact]
    public async Task TheSameRequestIsAnsweredByTheSameRunAndBilledOnce()
    {
        await using var api = await HeldApi.StartAsync(held: false);
        using var first = await api.AskAsync(HeldApi.Question, Key);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        var calls = api.Calls;
        // The same members in another order and spacing are the same request.
        using var second = await api.AskAsync("""{ "answer": {"kind":"number"}, "models":["sim/ada","sim/boole","sim/curie"], "prompt":"What is 17 * 23?" }""", Key);
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(calls, api.Calls);
        Assert.Equal(Json(await first.RunAsync()), Json(await second.RunAsync()));

        using var streamed = await api.AskAsync(HeldApi.Question, Key, ("Accept", "text/event-stream"));
        Assert.Equal("true", streamed.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(RunEventNames.Verdict, (await HeldApi.ReadAsync(streamed))[^2].EventType);
        using var quoted = await api.AskAsync(HeldApi.Question, ("Idempotency-Key", "\"4f0c8a52-once\""));
        Assert.Equal(first.Headers.Location, quoted.Headers.Location);
        Assert.Equal(calls, api.Calls);
    }

    [Fact]
    public async Task AnotherRequestWithTheKeyIsRefusedAndOneInFlightIsAConflict()
    {
        await using var api = await HeldApi.StartAsync();
        var first = api.AskAsync(HeldApi.Question, Key);
        await Poll.UntilAsync(() => api.Calls == 3);
        using var conflict = await api.AskAsync(HeldApi.Question, Key);
        var problem = await conflict.ProblemAsync(ErrorCatalog.IdempotencyInFlight);
        Assert.Equal($"/v1/runs/{problem.RunId}", conflict.Headers.Location!.OriginalString);
        Assert.NotNull(conflict.Headers.RetryAfter);
        await (await api.AskAsync("""{"prompt":"another"}""", Key)).ProblemAsync(ErrorCatalog.IdempotencyKeyReused);
        using var later = await api.AskAsync(HeldApi.Question, Key, ("Prefer", "respond-async"));
        Assert.Equal((HttpStatusCode.Accepted, conflict.Headers.Location), (later.StatusCode, later.Headers.Location));
        api.Release();
        using var answered = await first;
        Assert.Equal(problem.RunId, (await answered.RunAsync()).RunId);
        Assert.Equal(3, api.Calls);
        await (await api.AskAsync("""{"prompt":"another"}""", Key)).ProblemAsync(ErrorCatalog.IdempotencyKeyReused);
        Assert.Equal(3, api.Calls);
    }

    [Fact]
    public async Task ManyAtOnceBeginOneRun()
    {
        await using var api = await HeldApi.StartAsync();
        var asked = Enumerable.Range(0, 30).Select(_ => api.AskAsync(HeldApi.Question, Key)).ToArray();
        await Poll.UntilAsync(() => asked.Count(a => a.IsCompleted) == 29);
        api.Release();
        var answers = await Task.WhenAll(asked);
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(29, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(3, api.Calls);
    }

    [Fact]
    public async Task ACallerWhoGoesAwayFindsTheAnswerWithTheSameKey()
    {
        await using var api = await HeldApi.StartAsync();
        using (var gone = new CancellationTokenSource())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus") { Content = new StringContent(HeldApi.Question, null, "application/json") };
            request.Headers.Add(Key.Item1, Key.Item2);
            var asking = api.App.Http.SendAsync(request, gone.Token);
            await Poll.UntilAsync(() => api.Calls == 3);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        api.Release();
        using var answered = await Poll.UntilAsync(() => api.AskAsync(HeldApi.Question, Key), r => r.StatusCode == HttpStatusCode.OK);
        Assert.Equal((RunStatus.Completed, Outcome.Consensus), ((await answered.RunAsync()).Status, (await answered.RunAsync()).Outcome));
        Assert.Equal(3, api.Calls);
    }

    [Fact]
    public async Task AFailureIsReplayedToo()
    {
        await using var api = await HeldApi.StartAsync();
        const string Hurried = """{"prompt":"x","models":["sim/boole"],"deadlineMs":100}""";
        var first = await (await api.AskAsync(Hurried, Key)).ProblemAsync(ErrorCatalog.DeadlineExceeded);
        var calls = api.Calls;
        var second = await (await api.AskAsync(Hurried, Key)).ProblemAsync(ErrorCatalog.DeadlineExceeded);
        Assert.Equal((first.RunId, calls), (second.RunId, api.Calls));
    }

    [Fact]
    public async Task TheKeyOfAnErasedRunBeginsNoOther()
    {
        await using var api = await HeldApi.StartAsync(held: false);
        using var first = await api.AskAsync(HeldApi.Question, Key);
        await api.App.Http.DeleteAsync(first.Headers.Location);
        await (await api.AskAsync(HeldApi.Question, Key)).ProblemAsync(ErrorCatalog.RunErased);
        Assert.Equal(3, api.Calls);
    }

    [Fact]
    public async Task KeysOfDifferentCallersAndRoutesAreDifferentKeys()
    {
        await using var api = await HeldApi.StartAsync(KeyedApi.Settings, held: false);
        var alice = ("Authorization", $"Bearer {KeyedApi.Key("alice")}");
        var bob = ("Authorization", $"Bearer {KeyedApi.Key("bob")}");
        using var one = await api.AskAsync(HeldApi.Question, Key, alice);
        using var other = await api.AskAsync(HeldApi.Question, Key, bob);
        using var aggregate = await api.SendAsync(HttpMethod.Post, "/v1/consensus/aggregate", Answers.SmallAggregate, Key, alice);
        Assert.Equal(3, new[] { one, other, aggregate }.Select(r => r.Headers.Location).Distinct().Count());
        using var again = await api.SendAsync(HttpMethod.Post, "/v1/consensus/aggregate", Answers.SmallAggregate, Key, alice);
        Assert.Equal(aggregate.Headers.Location, again.Headers.Location);
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("\"\"")]
    public async Task AKeyThatCannotBeUsedIsAViolationBesideTheOthers(string key)
    {
        await using var api = await HeldApi.StartAsync(held: false);
        using var response = await api.AskAsync("{}", ("Idempotency-Key", key));
        Assert.Contains("Idempotency-Key invalid_value", await response.ViolationsAsync());
        using var longest = await api.AskAsync("{}", ("Idempotency-Key", new string('k', 255)));
        Assert.DoesNotContain("Idempotency-Key invalid_value", await longest.ViolationsAsync());
        using var over = await api.AskAsync("{}", ("Idempotency-Key", new string('k', 256)));
        Assert.Contains("Idempotency-Key invalid_value", await over.ViolationsAsync());
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task ProcessesThatShareARedisShareWhatIsInFlight(string kind)
    {
        using var redis = await TestRedis.StartAsync(kind);
        var settings = new Dictionary<string, string> { ["ConnectionStrings:redis"] = redis.ConnectionString };
        await using var one = await HeldApi.StartAsync(settings);
        await using var other = await HeldApi.StartAsync(settings, held: false);
        await Task.WhenAll(ConnectedAsync(one), ConnectedAsync(other));
        var first = one.AskAsync(HeldApi.Question, Key);
        await Poll.UntilAsync(() => one.Calls > 0);
        await (await other.AskAsync(HeldApi.Question, Key)).ProblemAsync(ErrorCatalog.IdempotencyInFlight);
        Assert.Equal(0, other.Calls);
        one.Release();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        using var free = await Poll.UntilAsync(() => other.AskAsync(HeldApi.Question, Key), r => r.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(TestRedis.Kinds), MemberType = typeof(TestRedis))]
    public async Task WhenRedisIsLostNothingIsBilledTwice(string kind)
    {
        var redis = await TestRedis.StartAsync(kind);
        await using var api = await HeldApi.StartAsync(new Dictionary<string, string> { ["ConnectionStrings:redis"] = redis.ConnectionString });
        await ConnectedAsync(api);
        var first = api.AskAsync(HeldApi.Question, Key);
        await Poll.UntilAsync(() => api.Calls == 3);
        redis.Dispose();
        await (await api.AskAsync(HeldApi.Question, Key)).ProblemAsync(ErrorCatalog.IdempotencyInFlight);
        api.Release();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        using var replayed = await api.AskAsync(HeldApi.Question, Key);
        Assert.Equal((await first).Headers.Location, replayed.Headers.Location);
        Assert.Equal(3, api.Calls);
    }

    private static Task<string> ConnectedAsync(HeldApi api) => Poll.UntilAsync(
        async () => await api.App.Http.GetStringAsync("/ready"), text => !text.Contains("degraded", StringComparison.OrdinalIgnoreCase));

    private static string Json(ConsensusResponse run) => JsonSerializer.Serialize(run, ConsensusJson.Default.ConsensusResponse);
}
