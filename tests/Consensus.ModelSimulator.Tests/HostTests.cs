using System.Net.Http.Json;
using System.Text.Json;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Tests.Support;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Tests;

public class HostTests
{
    [Fact]
    public async Task StartsInProcessWithTheDefaultModels()
    {
        await using var simulator = await Simulator.StartAsync();

        var models = await simulator.Http.GetFromJsonAsync<JsonElement>("v1/models", TestContext.Current.CancellationToken);

        Assert.Equal(
            ["ada", "boole", "curie", "darwin", "euler", ModelRegistry.EmbeddingModel],
            models.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!));
        Assert.All(models.GetProperty("data").EnumerateArray(), m => Assert.Equal("simulation", m.GetProperty("owned_by").GetString()));
    }

    [Fact]
    public async Task SaysItIsHealthyAndASimulation()
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.Http.GetAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains("simulator", response.Headers.GetValues("X-Simulation").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesEverySettingThatIsOutOfRange()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => Simulator.StartAsync(
            ("Simulator:LatencyScale", "-1"),
            ("Simulator:Models:ada:Skill:Overall", "2"),
            ("Simulator:Models:ada:Faults:explode:Probability", "1"),
            ("Simulator:Models:boole:Faults:timeout:Times", "0"),
            ("Simulator:Models:boole:Skill:Categories:arithmatic", "0.5"),
            ("Simulator:Suites:0", "no-such-file.jsonl")));

        Assert.Equal(6, failure.Failures.Count());
    }

    [Fact]
    public async Task AMemberOfADefaultModelCanBeOverriddenAlone()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Models:ada:Style", "Latex"));

        Assert.Contains("\\boxed{", await simulator.AskAsync("ada", "What is 2 + 2?"), StringComparison.Ordinal);
    }
}
