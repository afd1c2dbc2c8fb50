using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;
using Consensus.ModelSimulator;

namespace Consensus.ApiService.Tests.Caching;

/// <summary>A simulator that counts what it is asked, and services with the cache switched on before it.</summary>
internal sealed class CachedApi : IAsyncDisposable
{
    public const string Question = """{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"temperature":0}""";

    private readonly SimulatorHost _simulator;
    private readonly List<ApiApp> _apps = [];

    private CachedApi(SimulatorHost simulator) => _simulator = simulator;

    /// <summary>The address of the simulated models.</summary>
    public string Models => new Uri(_simulator.BaseAddress, "v1").AbsoluteUri;

    public static async Task<CachedApi> StartAsync(params (string Name, string Value)[] simulator) =>
        new(await SimulatorHost.StartAsync(simulator.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))));

    public async Task<ApiApp> AddAsync(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>(SharedApi.SettingsFor(_simulator)) { ["Cache:Enabled"] = "true" };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var app = await ApiApp.StartAsync(settings);
        _apps.Add(app);
        return app;
    }

    public static async Task<ConsensusResponse> AskAsync(ApiApp app, string request = Question, HttpClient? client = null)
    {
        using var response = await app.PostAsync("/v1/consensus", request, client);
        return await response.RunAsync();
    }

    /// <summary>How often each model was asked.</summary>
    public async Task<IReadOnlyList<int>> AskedAsync()
    {
        using var http = new HttpClient { BaseAddress = _simulator.BaseAddress };
        var stats = JsonNode.Parse(await http.GetStringAsync("/simulator/stats"))!;
        return [.. stats["models"]!.AsObject().Select(model => model.Value!["requests"]!.GetValue<int>())];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        await _simulator.DisposeAsync();
    }
}
