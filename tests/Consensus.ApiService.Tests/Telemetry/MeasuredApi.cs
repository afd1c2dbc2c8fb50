using Consensus.ApiService.Tests.Hosting;
using Consensus.ModelSimulator;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>A service before simulated models whose every scrape is made anew.</summary>
internal sealed class MeasuredApi : IAsyncDisposable
{
    private readonly SimulatorHost _simulator;

    private MeasuredApi(SimulatorHost simulator, ApiApp app)
    {
        _simulator = simulator;
        App = app;
    }

    public ApiApp App { get; }

    public static async Task<MeasuredApi> StartAsync(IEnumerable<KeyValuePair<string, string>>? more = null, params (string Name, string Value)[] simulator)
    {
        var models = await SimulatorHost.StartAsync(simulator.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        var settings = new Dictionary<string, string>(SharedApi.SettingsFor(models));
        foreach (var (name, value) in more ?? [])
        {
            settings[name] = value;
        }

        return new MeasuredApi(models, await ApiApp.StartAsync(
            settings, builder => builder.Services.Configure<PrometheusAspNetCoreOptions>(options => options.ScrapeResponseCacheDurationMilliseconds = 0)));
    }

    public Task<Scrape> ScrapeAsync() => Scrape.OfAsync(App.Http);

    /// <summary>What has been added to the sum of the series of a name, with these labels, since an earlier scrape; waits until it is as it should be.</summary>
    public Task HasGrownAsync(Scrape before, double by, string name, params (string Label, string Value)[] labels) => Eventually.HoldsAsync(
        async () => (await ScrapeAsync()).Sum(name, labels) - before.Sum(name, labels) == by, $"{name} has not grown by {by}");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _simulator.DisposeAsync();
    }
}
