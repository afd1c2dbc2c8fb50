using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.ModelSimulator;

namespace Consensus.ApiService.Tests.Evidence.Embedding;

/// <summary>A simulator that embeds, and services that find passages by it.</summary>
internal sealed class EmbeddingRig : IAsyncDisposable
{
    public const string Model = "sim/simulated-embedding";

    /// <summary>Has no word in common with any text, and parts of words with the first.</summary>
    public const string Query = "lighthousekeepers";

    public static readonly string[] Texts = ["A lighthousekeeping family.", "Two cranes unload ships.", "Wool is dyed with woad."];

    private readonly SimulatorHost _simulator;
    private readonly HttpClient _http;

    private EmbeddingRig(SimulatorHost simulator) => (_simulator, _http) = (simulator, new HttpClient { BaseAddress = simulator.BaseAddress });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EmbeddingRig> StartAsync() => new(await SimulatorHost.StartAsync());

    /// <summary>The settings of a service with embeddings, and some more.</summary>
    public Dictionary<string, string> Settings(params IEnumerable<KeyValuePair<string, string>> more)
    {
        var settings = new Dictionary<string, string>(SharedApi.SettingsFor(_simulator))
        {
            ["Evidence:Embeddings:Model"] = Model,
            ["Evidence:Embeddings:Timeout"] = "00:00:30",
            ["Providers:sim:Kind"] = "simulator",
            ["Providers:sim:Retry:MaxAttempts"] = "1",
            ["Providers:sim:Breaker:MinimumCalls"] = "10000",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>From now on texts are embedded so.</summary>
    public async Task FaultAsync(string? fault)
    {
        using var answer = fault is null
            ? await _http.DeleteAsync(new Uri("simulator/faults", UriKind.Relative), Token)
            : await _http.PutAsync(new Uri("simulator/faults/simulated-embedding", UriKind.Relative), JsonContent.Create(new JsonObject { ["fault"] = fault }), Token);
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>How many calls for embeddings there were.</summary>
    public async Task<int> CallsAsync()
    {
        var stats = (await _http.GetFromJsonAsync<JsonObject>("simulator/stats", Token))!;
        return (int?)stats["models"]!["simulated-embedding"]?["requests"] ?? 0;
    }

    /// <summary>Makes a collection of texts and gives its address.</summary>
    public static async Task<string> FillAsync(ApiApp app, HttpClient? client = null, params IEnumerable<string> texts)
    {
        using var made = await app.PostAsync("/v1/collections", """{"name":"Coast"}""", client);
        var collection = made.Headers.Location!.OriginalString;
        foreach (var text in texts)
        {
            using var added = await app.PostAsync($"{collection}/documents", new JsonObject { ["content"] = text }, client);
            Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        }

        return collection;
    }

    public static async Task<EvidenceCollection> ViewAsync(ApiApp app, string collection, HttpClient? client = null) =>
        (await (client ?? app.Http).GetFromJsonAsync(collection, ConsensusJson.Default.EvidenceCollection, Token))!;

    /// <summary>Waits until so many passages have vectors; all by default.</summary>
    public static Task EmbeddedAsync(ApiApp app, string collection, HttpClient? client = null, int? count = null) =>
        Poll.UntilAsync(() => ViewAsync(app, collection, client), view => view.Embedded == (count ?? view.Passages));

    public static async Task<PassageList> SearchAsync(ApiApp app, string collection, string query, HttpClient? client = null) =>
        (await (client ?? app.Http).GetFromJsonAsync($"{collection}/passages?q={Uri.EscapeDataString(query)}", ConsensusJson.Default.PassageList, Token))!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }
}
