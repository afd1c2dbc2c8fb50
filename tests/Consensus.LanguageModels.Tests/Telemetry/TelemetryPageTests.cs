using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Telemetry;
using Consensus.LanguageModels.Tests.Support;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.LanguageModels.Tests.Telemetry;

/// <summary>What <c>docs/telemetry.md</c> says of this library is so, and all there is.</summary>
public sealed class TelemetryPageTests
{
    private static readonly string Section = Repository.Read(InstrumentPage.Path)
        .Split($"## {LanguageModelTelemetry.MeterName}")[1].Split("\n## ")[0];

    [Fact]
    public Task TheTableListsExactlyTheInstrumentsWithTheirKindsUnitsAndLabels() => InstrumentPage.CheckAsync(LanguageModelTelemetry.MeterName, AskAsync);

    [Fact]
    public async Task EveryAttributeOfOurOwnIsNamed()
    {
        var attributes = new ConcurrentDictionary<string, bool>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LanguageModelTelemetry.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                foreach (var (name, _) in span.TagObjects.Where(tag => tag.Key.StartsWith("consensus.", StringComparison.Ordinal)))
                    attributes[name] = true;
            },
        };
        ActivitySource.AddActivityListener(listener);
        await AskAsync();

        Assert.NotEmpty(attributes);
        Assert.All(attributes.Keys, name => Assert.Contains($"`{name}`", Section, StringComparison.Ordinal));
    }

    /// <summary>A call that fails, is repeated and is answered, and one that is not: a trace on every instrument.</summary>
    private static async Task AskAsync(Action? observe = null)
    {
        var handler = VerbatimHandler.Answering(n => n == 2 ? VerbatimHandler.Json(Bodies.OpenAi("ok")) : VerbatimHandler.Json("{}", HttpStatusCode.InternalServerError));
        await using var host = ModelHost.OpenAi(
            handler, time: null, ("Providers:openai:Retry:MaxAttempts", "2"), ("Providers:openai:Retry:DelayMs", "0"), ("Providers:openai:Breaker:MinimumCalls", "2"));
        Assert.Equal(("ok", 2), (await host.AskAsync() is var reply ? reply.Text : null, reply.Attempts));
        Assert.NotNull((await host.AskAsync()).Failure);
        var instruments = host.Services.GetRequiredService<ModelInstruments>();
        instruments.Looked(host.Catalog.Models[0], CacheResult.Hit);
        instruments.Opened(host.Catalog.Models[0]);
        instruments.Ended(host.Catalog.Models[0], new() { CostUsd = 0.01m, MayBeBilled = true });
        observe?.Invoke();
    }
}
