using Consensus.LanguageModels.Tests.Support;

namespace Consensus.LanguageModels.Tests.Configuration;

public sealed class CatalogTests
{
    [Fact]
    public async Task EmptyConfigurationHasTheFiveSimulatedModels()
    {
        await using var host = new ModelHost([]);

        Assert.Equal(["sim/ada", "sim/boole", "sim/curie", "sim/darwin", "sim/euler"], host.Catalog.Panels["default"]);
        Assert.Equal(["analytic", "analytic", "empirical", "empirical", "formal"], host.Catalog.Models.Select(m => m.Family));
        Assert.All(host.Catalog.Models, m => Assert.Equal(("sim", "simulator", 0m, 0m), (m.Provider, m.ProviderKind, m.InputUsdPerMillion, m.OutputUsdPerMillion)));
    }

    [Fact]
    public async Task UsableProvidersMakeTheDefaultPanelAndTheSimulatorStays()
    {
        await using var host = new ModelHost(
        [
            ("Providers:openai:Key", "sk-1"), ("Providers:openai:Models:0:Name", "gpt-4o"), ("Providers:openai:Models:1:Name", "o3"),
            ("Providers:anthropic:Key", ""), ("Providers:anthropic:Models:0:Name", "claude-sonnet-4-5"),
            ("Providers:ollama:Models:0:Name", "llama3.1:8b"),
        ]);

        Assert.Equal(["ollama/llama3.1:8b", "openai/gpt-4o", "openai/o3"], host.Catalog.Panels["default"]);
        Assert.Null(host.Catalog.Find("anthropic/claude-sonnet-4-5"));
        Assert.NotNull(host.Catalog.Find("sim/ada"));
        Assert.Single(host.Logs.All, line => line.Contains("anthropic is left out of the catalog: it has no key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConfiguredPanelsWinAndLoseWhatCannotBeUsed()
    {
        await using var host = new ModelHost(
        [
            ("Providers:openai:Key", "sk-1"), ("Providers:openai:Models:0:Name", "gpt-4o"),
            ("Providers:anthropic:Models:0:Name", "claude"),
            ("Panels:default:0", "openai/gpt-4o"), ("Panels:default:1", "sim/ada"), ("Panels:default:2", "anthropic/claude"),
            ("Panels:Lonely:0", "anthropic/claude"),
        ]);

        Assert.Equal(["openai/gpt-4o", "sim/ada"], host.Catalog.Panels["default"]);
        Assert.DoesNotContain("lonely", host.Catalog.Panels.Keys);
    }

    [Fact]
    public async Task ConfiguredDefaultPanelOfWhichNoModelIsUsableIsEmptyAndNotSimulated()
    {
        await using var host = new ModelHost([("Providers:openai:Key", ""), ("Providers:openai:Models:0:Name", "gpt-4o"), ("Panels:default:0", "openai/gpt-4o")]);

        Assert.Empty(host.Catalog.Panels["default"]);
        Assert.Single(host.Logs.All, line => line.StartsWith("Warning ", StringComparison.Ordinal) && line.Contains("The panel default is empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ModelsMayBeNamesObjectsOrKeys()
    {
        await using var host = new ModelHost(
        [
            ("Providers:OpenRouter:Kind", "OpenAI"), ("Providers:OpenRouter:Endpoint", "https://openrouter.ai/api/v1"), ("Providers:OpenRouter:Key", " sk-or\n"),
            ("Providers:OpenRouter:Models:0", "meta-llama/llama-3.1-70b-instruct:free"),
            ("Providers:OpenRouter:Models:1:Name", "openai/gpt-4o"), ("Providers:OpenRouter:Models:1:Family", "openai"),
            ("Providers:OpenRouter:Models:1:InputUsdPerMillion", "2.5"), ("Providers:OpenRouter:Models:1:OutputUsdPerMillion", "10"), ("Providers:OpenRouter:Models:1:Reliability", "0.9"),
            ("Providers:OpenRouter:Models:qwen2.5-72b:Reliability", "0.8"),
        ]);

        Assert.Equal(
            [("openrouter/meta-llama/llama-3.1-70b-instruct:free", "llama"), ("openrouter/openai/gpt-4o", "openai"), ("openrouter/qwen2.5-72b", "qwen")],
            host.Catalog.Models.Where(m => m.Provider == "openrouter").Select(m => (m.Id, m.Family)));
        var model = host.Catalog.Find("openrouter/openai/gpt-4o")!;
        Assert.Equal((2.5m, 10m, 0.9), (model.InputUsdPerMillion!.Value, model.OutputUsdPerMillion!.Value, model.Reliability!.Value));
    }

    [Fact]
    public async Task SimulatorMayMoveKeepItsModelsOrBeSwitchedOff()
    {
        await using var moved = new ModelHost([("Providers:sim:Endpoint", "http://127.0.0.1:5099/v1")]);
        await using var own = new ModelHost([("Providers:sim:Models:0", "ada")]);
        await using var off = new ModelHost([("Providers:sim:Enabled", "false")]);

        Assert.Equal(5, moved.Catalog.Models.Count);
        Assert.Equal(["sim/ada"], own.Catalog.Panels["default"]);
        Assert.Empty(off.Catalog.Models);
        Assert.Empty(off.Catalog.Panels["default"]);
    }

    [Fact]
    public async Task AutomaticPanelHoldsNoMoreThanARunMayAsk()
    {
        var models = Enumerable.Range(0, 25).Select(i => ($"Providers:ollama:Models:{i:00}:Name", (string?)$"m{i}"));
        await using var host = new ModelHost(models);

        Assert.Equal(20, host.Catalog.Panels["default"].Count);
    }

    [Fact]
    public async Task KeyWithoutModelsIsLeftOutWithTheSettingToAdd()
    {
        await using var host = new ModelHost([("Providers:openai:Key", "sk-1")]);

        Assert.Equal(5, host.Catalog.Models.Count);
        Assert.Contains("Providers:openai:Models", host.Logs.Text, StringComparison.Ordinal);
    }
}
