using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
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
    private static readonly string Section = Repository.Read("docs/telemetry.md")
        .Split($"## {LanguageModelTelemetry.MeterName}")[1].Split("\n## ")[0];

    [Fact]
    public async Task TheTableListsExactlyTheInstrumentsWithTheirUnitsAndLabels()
    {
        var instruments = new ConcurrentDictionary<string, (string? Unit, ConcurrentDictionary<string, bool> Labels)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == LanguageModelTelemetry.MeterName)
            {
                instruments.TryAdd(instrument.Name, (instrument.Unit, new()));
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.Start();
        await AskAsync(listener.RecordObservableInstruments);

        var measured = instruments.Select(i => $"{i.Key} | {i.Value.Unit ?? "none"} | {Labels(i.Key, i.Value.Labels.Keys)}").Order(StringComparer.Ordinal);
        var documented = Section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} | {cells[3]} | {cells[4]}").Order(StringComparer.Ordinal);
        Assert.Equal(measured, documented);

        void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
                instruments[instrument.Name].Labels[tag.Key] = true;
        }

        static string Labels(string instrument, IEnumerable<string> labels) => instrument.StartsWith("gen_ai.", StringComparison.Ordinal)
            ? "those of the conventions"
            : string.Join(", ", labels.Order(StringComparer.Ordinal));
    }

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
    private static async Task AskAsync(Action? afterwards = null)
    {
        var handler = VerbatimHandler.Answering(n => n == 2 ? VerbatimHandler.Json(Bodies.OpenAi("ok")) : VerbatimHandler.Json("{}", HttpStatusCode.InternalServerError));
        await using var host = ModelHost.OpenAi(handler, time: null, ("Providers:openai:Retry:MaxAttempts", "2"), ("Providers:openai:Retry:DelayMs", "0"));
        Assert.Equal(("ok", 2), (await host.AskAsync() is var reply ? reply.Text : null, reply.Attempts));
        Assert.NotNull((await host.AskAsync()).Failure);
        host.Services.GetRequiredService<ModelInstruments>().Looked(host.Catalog.Models[0], CacheResult.Hit);
        afterwards?.Invoke();
    }
}
