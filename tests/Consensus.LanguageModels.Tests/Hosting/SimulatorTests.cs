using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;
using Consensus.ModelSimulator;

namespace Consensus.LanguageModels.Tests.Hosting;

/// <summary>The faults that the simulator scripts, seen through the whole pipeline.</summary>
public sealed class SimulatorTests
{
    private static ModelHost Host(SimulatorHost simulator) =>
        new([("Providers:sim:Endpoint", new Uri(simulator.BaseAddress, "v1").AbsoluteUri), ("Providers:sim:Retry:DelayMs", "0")]);

    private static Task<SimulatorHost> WithFaultAsync(string fault, string setting, string value) =>
        SimulatorHost.StartAsync([new($"Simulator:Models:ada:Faults:{fault}:{setting}", value)]);

    [Fact]
    public async Task AllFiveModelsAnswer()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var host = Host(simulator);

        foreach (var model in host.Catalog.Panels["default"])
        {
            var reply = await host.AskAsync(model);
            Assert.True(reply.Text is { Length: > 0 }, $"{model}: {reply.FailureMessage}");
            Assert.True(reply is { InputTokens: > 0, OutputTokens: > 0, CostUsd: 0m, Attempts: 1 }, reply.ToString());
        }
    }

    [Theory]
    [InlineData("rate_limit", FailureReason.RateLimited, 3)]
    [InlineData("server_error", FailureReason.Unavailable, 3)]
    [InlineData("malformed", FailureReason.Malformed, 1)]
    [InlineData("empty", FailureReason.Empty, 1)]
    [InlineData("refusal", FailureReason.Refused, 1)]
    [InlineData("truncate", FailureReason.Malformed, 1)]
    public async Task FaultHasItsReason(string fault, FailureReason reason, int attempts)
    {
        await using var simulator = fault == "rate_limit" ? await WithFaultAsync(fault, "RetryAfterSeconds", "0") : await WithFaultAsync(fault, "Probability", "1");
        await using var host = Host(simulator);

        var reply = await host.AskAsync("sim/ada");

        Assert.Equal((reason, attempts), (reply.Failure, reply.Attempts));
        Assert.Null((await host.AskAsync("sim/boole")).Failure);
    }

    [Theory]
    [InlineData("timeout")]
    [InlineData("trickle")]
    public async Task HangingModelIsCutByTheDeadline(string fault)
    {
        await using var simulator = await WithFaultAsync(fault, "LatencyMs", "60000");
        await using var host = Host(simulator);

        Assert.Equal(FailureReason.Timeout, (await host.AskAsync("sim/ada", TimeSpan.FromMilliseconds(500))).Failure);
    }

    [Fact]
    public async Task FaultThatPassesIsOvercome()
    {
        await using var simulator = await WithFaultAsync("server_error", "Times", "2");
        await using var host = Host(simulator);

        var reply = await host.AskAsync("sim/ada");

        Assert.Null(reply.Failure);
        Assert.Equal(3, reply.Attempts);
    }

    [Fact]
    public async Task TruncationThatLooksCompleteIsMalformed()
    {
        await using var simulator = await WithFaultAsync("truncate", "Clean", "true");
        await using var host = Host(simulator);

        Assert.Equal(FailureReason.Malformed, (await host.AskAsync("sim/ada")).Failure);
    }
}
