using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ModelSimulator;
using OpenAI;
using OpenAI.Chat;

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>A service with keys whose panels agree, are divided, fail and hang, for clients of OpenAI's API.</summary>
public sealed class OpenAiRig : IAsyncLifetime
{
    public const string Question = "What is 17 * 23?";

    /// <summary>The question that the panel <c>divided</c> is of two minds about.</summary>
    public const string Divisive = "Which of the two towns should the team meet in this year?";

    private readonly string _suite = Path.GetTempFileName();

    private SimulatorHost _simulator = null!;

    public ApiApp App { get; private set; } = null!;

    /// <summary>Where clients are pointed to.</summary>
    public Uri Endpoint => new(App.Address, "openai/v1");

    /// <summary>Where the simulator counts its requests.</summary>
    public Uri Stats => new(_simulator.BaseAddress, "simulator/stats");

    public static string Key(string name) => KeyedApi.Key(name);

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_suite, new JsonObject
        {
            ["id"] = "1",
            ["kind"] = "text",
            ["question"] = Divisive,
            ["gold"] = "Lyon",
            ["responses"] = new JsonArray(
                new JsonObject { ["model"] = "left", ["text"] = "Lyon" }, new JsonObject { ["model"] = "right", ["text"] = "Ghent" }),
        }.ToJsonString());
        _simulator = await SimulatorHost.StartAsync(new Dictionary<string, string?>
        {
            ["Simulator:Suites:0"] = _suite,
            ["Simulator:Models:broken:Faults:server_error:Probability"] = "1",
            ["Simulator:Models:silent:Faults:timeout:Probability"] = "1",
        });
        App = await ApiApp.StartAsync(Settings());
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _simulator.DisposeAsync();
        File.Delete(_suite);
    }

    /// <summary>The settings of such a service; keys can be left out.</summary>
    public Dictionary<string, string> Settings(bool keyed = true)
    {
        var settings = new Dictionary<string, string>(keyed ? KeyedApi.Settings : [])
        {
            ["Providers:sim:Kind"] = "simulator",
            ["Providers:sim:Retry:MaxAttempts"] = "1",
            ["Providers:sim:Breaker:MinimumCalls"] = "10000",
        };
        foreach (var (i, model) in new[] { "ada", "boole", "curie", "left", "right", "broken", "silent" }.Index())
        {
            settings[$"Providers:sim:Models:{i}:Name"] = model;
        }

        Panel(settings, "default", "sim/ada", "sim/boole", "sim/curie");
        Panel(settings, "divided", "sim/left", "sim/right");
        foreach (var (name, value) in SharedApi.SettingsFor(_simulator))
        {
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>How often a model was asked.</summary>
    public async Task<int> AskedAsync(string model)
    {
        using var http = new HttpClient();
        var stats = JsonNode.Parse(await http.GetStringAsync(Stats))!;
        return stats["models"]?[model]?["requests"]?.GetValue<int>() ?? 0;
    }

    /// <summary>Waits until the newest run of Alice's is stored as cancelled.</summary>
    public async Task HasCancelledAsync()
    {
        using var http = App.Client(Key("alice"));
        await Poll.UntilAsync(
            async () => JsonNode.Parse(await http.GetStringAsync("/v1/runs?limit=1"))!["items"]!.AsArray().FirstOrDefault(), run => (string?)run?["status"] == "cancelled");
    }

    /// <summary>The official client, with its own habits unless a policy is given.</summary>
    public ChatClient Client(string model, string? key = null, PipelinePolicy? retries = null) =>
        new(model, new ApiKeyCredential(key ?? Key("alice")), new OpenAIClientOptions { Endpoint = Endpoint, RetryPolicy = retries });

    private static void Panel(Dictionary<string, string> settings, string name, params string[] models)
    {
        foreach (var (i, model) in models.Index())
        {
            settings[$"Panels:{name}:{i}"] = model;
        }
    }
}
