using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Consensus.Contracts.Json;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Providers;
using Consensus.LanguageModels.Telemetry;
using Consensus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.LanguageModels.Tests.Configuration;

/// <summary>What <c>docs/providers.md</c> says is so.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = Repository.Read("docs/providers.md");

    public static TheoryData<string> Examples() => [.. JsonBlock().Matches(Page).Select(m => m.Groups["json"].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task ExampleStartsAndItsModelsCanBeUsed(string json)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)))
            .AddInMemoryCollection([new("Providers:openai:Key", "k"), new("Providers:anthropic:Key", "k")])
            .Build();
        await using var services = new ServiceCollection().AddLanguageModels(configuration).BuildServiceProvider();

        var catalog = services.GetRequiredService<ModelCatalog>();

        Assert.Contains(catalog.Models, m => m.Provider != "sim");
        Assert.DoesNotContain(catalog.Panels["default"], id => catalog.Find(id) is null);
    }

    [Fact]
    public void TableOfDefaultsIsThatOfTheCode()
    {
        var (retry, breaker) = (new RetrySettings(), new BreakerSettings());
        Assert.Equal(Limits.DefaultCallTimeoutMs, Default("TimeoutMs"));
        Assert.Equal(new ProviderSettings { Name = "", Kind = "", Endpoint = new Uri("http://x"), Models = [] }.MaxConcurrency, Default("MaxConcurrency"));
        Assert.Equal(retry.MaxAttempts, Default("Retry:MaxAttempts"));
        Assert.Equal(retry.Delay.TotalMilliseconds, Default("Retry:DelayMs"));
        Assert.Equal(breaker.FailureRatio, Default("Breaker:FailureRatio"));
        Assert.Equal(breaker.MinimumCalls, Default("Breaker:MinimumCalls"));
        Assert.Equal(breaker.Window.TotalMilliseconds, Default("Breaker:WindowMs"));
        Assert.Equal(breaker.Break.TotalMilliseconds, Default("Breaker:BreakMs"));
        Assert.Contains($"(simulator: {BuiltInSimulator.MaxConcurrency})", Page, StringComparison.Ordinal);
        Assert.Contains($"it is {Limits.DefaultMaxOutputTokens} when the request has none", Page, StringComparison.Ordinal);
        Assert.Contains($"beyond {ProviderHttpHandler.MaxBodyBytes / 1024 / 1024} MiB", Page, StringComparison.Ordinal);
        Assert.Contains($"the first {Limits.PanelModels} ", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryReasonIsNamed()
    {
        // The last two are found by the run, not by the call.
        foreach (var reason in Enum.GetValues<FailureReason>().Except([FailureReason.CostLimit, FailureReason.NoAnswer]))
            Assert.Contains($"| `{WireName.Of(reason)}` |", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void ReasonsAreWrittenAsTheApiWritesThem() =>
        Assert.All(Enum.GetValues<FailureReason>(), reason => Assert.Equal($"\"{WireName.Of(reason)}\"", System.Text.Json.JsonSerializer.Serialize(reason)));

    private static double Default(string setting) =>
        double.Parse(Regex.Match(Page, $@"\| `{Regex.Escape(setting)}` \| `([0-9.]+)` \|", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex JsonBlock();
}
