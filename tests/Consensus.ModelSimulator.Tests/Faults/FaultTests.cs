using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;
using Consensus.Testing;

namespace Consensus.ModelSimulator.Tests.Faults;

public class FaultTests
{
    private const string Question = "What is 17 * 23?";

    [Fact]
    public async Task RateLimitNamesWhenToComeBackAndRecovers()
    {
        await using var simulator = await Simulator.StartAsync();

        using var first = await simulator.PostAsync(Simulator.Chat("ada", Question), "rate_limit;retry-after=7;times=2");
        using var second = await simulator.PostAsync(Simulator.Chat("ada", Question), "rate_limit;retry-after=7;times=2");
        using var third = await simulator.PostAsync(Simulator.Chat("ada", Question), "rate_limit;retry-after=7;times=2");
        using var otherPrompt = await simulator.PostAsync(Simulator.Chat("ada", "What is 2 + 2?"), "rate_limit;retry-after=7;times=2");
        using var otherModel = await simulator.PostAsync(Simulator.Chat("boole", Question), "rate_limit;retry-after=7;times=2");

        Assert.Equal(
            [HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests],
            new[] { first, second, third, otherPrompt, otherModel }.Select(r => r.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(7), first.Headers.RetryAfter?.Delta);
        Assert.Equal("rate_limit_exceeded", (await ErrorAsync(first)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("server_error", HttpStatusCode.InternalServerError)]
    [InlineData("server_error;status=503", HttpStatusCode.ServiceUnavailable)]
    public async Task ServerErrorHasItsStatus(string fault, HttpStatusCode status)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync(Simulator.Chat("ada", Question), fault);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("server_error", (await ErrorAsync(response)).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MalformedIsNoJson(bool stream)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync(Simulator.Chat("ada", Question, stream: stream), "malformed");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(stream ? body.Split("\n\n").Select(e => e.Replace("data: ", "", StringComparison.Ordinal)) : [body], part => part is not ("" or "[DONE]") && !IsJson(part));
    }

    [Fact]
    public async Task EmptyHasNoText()
    {
        await using var simulator = await Simulator.StartAsync();

        Assert.Equal("", Message(await PostAsync(simulator, "empty")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task ARefusalSaysSo()
    {
        await using var simulator = await Simulator.StartAsync();

        var completion = await PostAsync(simulator, "refusal");

        Assert.Equal("content_filter", completion.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, Message(completion).GetProperty("content").ValueKind);
        Assert.Contains("can't help", Message(completion).GetProperty("refusal").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATruncationBreaksTheConnectionAfterTheFirstHalf(bool stream)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync(Simulator.Chat("boole", Question, stream: stream), "truncate", completion: HttpCompletionOption.ResponseHeadersRead);
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[100_000];
        var read = 0;

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (int count; (count = await body.ReadAsync(buffer.AsMemory(read), TestContext.Current.CancellationToken)) > 0;)
            {
                read += count;
            }
        });
        Assert.True(read > 50);
    }

    [Fact]
    public async Task ACleanTruncationLooksCompleteButHasNoEnd()
    {
        await using var simulator = await Simulator.StartAsync();

        using var stream = await simulator.PostAsync(Simulator.Chat("boole", Question, stream: true), "truncate;clean");
        using var plain = await simulator.PostAsync(Simulator.Chat("boole", Question), "truncate;clean");

        Assert.DoesNotContain("[DONE]", await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(IsJson(await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATrickleComesByteByByteAndComesThrough(bool stream)
    {
        await using var simulator = await Simulator.StartAsync();

        using var slow = await simulator.PostAsync(Simulator.Chat("ada", Question, stream: stream), "trickle;latency=0");

        Assert.Contains("391", await slow.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATrickleIsBrokenOffAtTheBound()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:HangBoundMs", "300"));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => simulator.PostAsync(Simulator.Chat("ada", Question), "trickle;latency=200"));
    }

    [Fact]
    public async Task ATimeoutHangsUntilTheBound()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:HangBoundMs", "300"));
        var clock = Stopwatch.StartNew();

        using var response = await simulator.PostAsync(Simulator.Chat("ada", Question), "timeout");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.True(clock.ElapsedMilliseconds >= 250);
    }

    [Fact]
    public async Task AClientThatLeavesIsCountedAsCancelled()
    {
        await using var simulator = await Simulator.StartAsync();
        using var leave = new CancellationTokenSource();
        using var content = JsonContent.Create(Simulator.Chat("ada", Question));
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = content, Headers = { { "X-Simulator-Fault", "timeout" } } };

        var pending = simulator.Http.SendAsync(request, leave.Token);
        await Eventually.HoldsAsync(async () => await CountAsync("inFlight") == 1);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        await Eventually.HoldsAsync(async () => await CountAsync("cancelled") == 1 && await CountAsync("inFlight") == 0);

        Assert.Equal(1, (await simulator.StatsOfAsync("ada")).GetProperty("faults").GetProperty("timeout").GetInt32());

        async Task<int> CountAsync(string name)
        {
            var stats = await simulator.Http.GetFromJsonAsync<JsonElement>("simulator/stats", TestContext.Current.CancellationToken);
            return stats.GetProperty(name).GetInt32();
        }
    }

    [Fact]
    public async Task AStopOfTheServerEndsWhatHangs()
    {
        var simulator = await Simulator.StartAsync();
        var pending = simulator.PostAsync(Simulator.Chat("ada", Question), "timeout");
        await Eventually.HoldsAsync(async () => (await simulator.Http.GetFromJsonAsync<JsonElement>("simulator/stats", TestContext.Current.CancellationToken)).GetProperty("inFlight").GetInt32() == 1);

        await simulator.StopAsync();

        using var response = await pending;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        await simulator.DisposeAsync();
    }

    [Fact]
    public async Task ALatencyIsWaitedForEvenWithTheScaleAtZero()
    {
        await using var simulator = await Simulator.StartAsync();
        var clock = Stopwatch.StartNew();

        Assert.Equal("391", Message(await PostAsync(simulator, "latency;latency=150")).GetProperty("content").GetString());

        Assert.True(clock.ElapsedMilliseconds >= 140);
    }

    [Theory]
    [InlineData("explode")]
    [InlineData("rate_limit;times=x")]
    [InlineData("rate_limit;times=0")]
    [InlineData("timeout;probability=2")]
    [InlineData("server_error;status=200")]
    [InlineData("empty;colour=red")]
    public async Task AHeaderThatCannotBeReadIs400(string header)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync(Simulator.Chat("ada", Question), header);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("X-Simulator-Fault", (await ErrorAsync(response)).GetProperty("param").GetString());
    }

    [Fact]
    public async Task ConfiguredFaultsHitWithTheirProbability()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Models:ada:Faults:server_error:Probability", "0.5"));

        var failed = 0;
        for (var i = 0; i < 100; i++)
        {
            using var response = await simulator.PostAsync(Simulator.Chat("ada", $"What is {i} + 1?"));
            failed += response.IsSuccessStatusCode ? 0 : 1;
        }

        // The draws are functions of the prompts: the same in every run, near one half.
        Assert.InRange(failed, 35, 65);
    }

    private static async Task<JsonElement> PostAsync(Simulator simulator, string fault)
    {
        using var response = await simulator.PostAsync(Simulator.Chat("ada", Question), fault);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static JsonElement Message(JsonElement completion) => completion.GetProperty("choices")[0].GetProperty("message");

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
