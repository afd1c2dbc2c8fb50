using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Serving;

public class PaceTests
{
    private const string Question = "What is 17 * 23?";

    private static readonly (string, string)[] OneSecond =
        [("Simulator:LatencyScale", "0.5"), ("Simulator:Models:boole:Latency:MedianMs", "2000"), ("Simulator:Models:boole:Latency:Sigma", "0"), ("Simulator:HangBoundMs", "60000")];

    [Fact]
    public async Task APlainAnswerComesAfterItsScaledLatency()
    {
        var time = new HeldTime();
        await using var simulator = await Simulator.StartAsync(time, OneSecond);

        var pending = simulator.PostAsync(Simulator.Chat("boole", Question));
        Assert.Equal(TimeSpan.FromMinutes(1), (await time.NextAsync()).Due);
        var wait = await time.NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(1), wait.Due);
        Assert.False(pending.IsCompleted);
        wait.Fire();

        using var response = await pending;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(time.Rest());
    }

    [Fact]
    public async Task AStreamsFirstByteComesEarlyAndItsEndAfterTheWholeLatency()
    {
        var time = new HeldTime();
        await using var simulator = await Simulator.StartAsync(time, OneSecond);

        var pending = simulator.PostAsync(Simulator.Chat("boole", Question, stream: true), completion: HttpCompletionOption.ResponseHeadersRead);
        await time.NextAsync();
        var first = await time.NextAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(400), first.Due);
        Assert.False(pending.IsCompleted);
        first.Fire();

        // The first event is there while the second waits.
        using var response = await pending;
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var pause = await time.NextAsync();
        Assert.True(await body.ReadAsync(new byte[10], TestContext.Current.CancellationToken) > 0);
        time.Run();
        pause.Fire();
        using var rest = new StreamReader(body);
        Assert.EndsWith("[DONE]\n\n", await rest.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Timers take whole milliseconds.
        var pauses = time.Rest().Append(pause).ToList();
        Assert.InRange(pauses.Sum(t => t.Due.TotalMilliseconds), 600 - pauses.Count, 600);
    }

    [Theory]
    [InlineData("latency;latency=900")]
    [InlineData("empty;latency=900")]
    public async Task ALatencyThatAFaultSetsPassesBeforeTheFirstByteOfAStream(string fault)
    {
        var time = new HeldTime();
        await using var simulator = await Simulator.StartAsync(time, OneSecond);

        var pending = simulator.PostAsync(Simulator.Chat("boole", Question, stream: true), fault);
        await time.NextAsync();
        var wait = await time.NextAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(900), wait.Due);
        wait.Fire();

        using var response = await pending;
        Assert.EndsWith("[DONE]\n\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(time.Rest());
    }

    [Fact]
    public async Task ALatencyBeyondTheBoundIsCutByTheBoundAlone()
    {
        var time = new HeldTime();
        await using var simulator = await Simulator.StartAsync(time, OneSecond);

        var pending = simulator.PostAsync(Simulator.Chat("boole", Question), "latency;latency=600000");
        var bound = await time.NextAsync();
        Assert.Equal(TimeSpan.FromMinutes(10), (await time.NextAsync()).Due);
        bound.Fire();

        using var response = await pending;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    [Fact]
    public async Task ABoundThatIsOverJustBeforeTheAnswerLeavesNothingOfIt()
    {
        var time = new HeldTime();
        await using var simulator = await Simulator.StartAsync(time, OneSecond);

        var pending = simulator.PostAsync(Simulator.Chat("boole", Question));
        var bound = await time.NextAsync();
        time.Looked = bound.Fire;
        (await time.NextAsync()).Fire();

        using var response = await pending;
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("timeout", (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty("code").GetString());
    }
}
