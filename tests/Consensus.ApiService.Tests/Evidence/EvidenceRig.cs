using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.ModelSimulator;

namespace Consensus.ApiService.Tests.Evidence;

/// <summary>A service whose panel says what was written down for a question, whatever passages it is shown; shared by the tests of evidence mode.</summary>
public sealed class EvidenceRig : IAsyncLifetime
{
    /// <summary>Who answers, in the panel's order.</summary>
    public static readonly string[] Models = ["alpha", "beta", "gamma"];

    private static readonly (string Question, string[] Says)[] Script =
    [
        (Lit, ["The light at Skerrin was lit in 1871 [1]. Its keeper was Ada Moen [1].", "The light at Skerrin was lit in 1871 [1]. Its keeper was Ada Moen [2].",
            "The light at Skerrin was lit in 1871 [1]. Its keeper was Ada Moen."]),
        (Invented, ["The light at Skerrin was lit in 1871 [1]. It can be seen from the moon.", "The light at Skerrin was lit in 1871 [1]. It can be seen from the moon.",
            "The light at Skerrin was lit in 1871 [1]. It can be seen from the moon."]),
        (WrongYear, ["The light at Skerrin was lit in 1899 [1].", "The light at Skerrin was lit in 1899 [1].", "The light at Skerrin was lit in 1871 [1]."]),
        (Year, ["It was lit in 1871 [1].", "The light at Skerrin was lit in 1871 [1].", "The year is 1872 [2]."]),
        (Unknown, ["The passages do not say.", "The passages do not say.", "The passages do not say."]),
        (Personal, Enumerable.Repeat($"The light at Skerrin was lit in 1871 [1]. Write to {Mail} [1].", 3).ToArray()),
        (Divided, ["The keeper of Skerrin was Ada Moen [1].", "A crane unloads ships all winter long [2].", "Nobody ever lived on that island at all [1]."]),
    ];

    private string folder = "";
    private SimulatorHost simulator = null!;

    public const string Lit = "When was the light at Skerrin lit, and by whom was it kept?";
    public const string Invented = "What is known of the light at Skerrin and from where it is seen?";
    public const string WrongYear = "In which year exactly was the light at Skerrin lit first?";
    public const string Year = "In which year was the light at Skerrin lit, as a number?";
    public const string Unknown = "How deep is the harbour of Skerrin at low water in summer?";
    public const string Mail = "zq7.canary.moen@example.org";
    public const string Personal = "Whom does one write to of the light at Skerrin? I am zq7.canary.asks@example.org";
    public const string Divided = "Tell something about Skerrin that nobody else would tell.";

    public ApiApp App { get; private set; } = null!;

    /// <summary>The settings of the service; for others that ask the same panel.</summary>
    public Dictionary<string, string> Settings { get; private set; } = [];

    /// <summary>Two documents: of the light, and of the harbour.</summary>
    public static JsonArray Documents => new(
        new JsonObject { ["title"] = "Lights", ["source"] = "urn:lights", ["licence"] = "CC0-1.0", ["content"] = "The light at Skerrin was lit in 1871. Its keeper was Ada Moen." },
        new JsonObject { ["title"] = "Harbours", ["content"] = "The harbour of Skerrin has two cranes. Ships wait there in winter." });

    public async ValueTask InitializeAsync()
    {
        folder = Directory.CreateTempSubdirectory("consensus-evidence-").FullName;
        var suite = Path.Combine(folder, "suite.jsonl");
        await File.WriteAllLinesAsync(suite, Script.Select((item, i) => new JsonObject
        {
            ["id"] = $"q{i}",
            ["kind"] = "text",
            ["question"] = item.Question,
            ["gold"] = "-",
            ["responses"] = new JsonArray([.. Models.Select((model, j) => (JsonNode)new JsonObject { ["model"] = model, ["text"] = item.Says[j] })]),
        }.ToJsonString()));
        simulator = await SimulatorHost.StartAsync(
        [
            KeyValuePair.Create("Simulator:Suites:0", (string?)suite), KeyValuePair.Create("Simulator:ReplayLatency:MedianMs", (string?)"1"),
            KeyValuePair.Create("Simulator:Models:ada:Judge:Noise", (string?)"0"),
        ]);
        Settings = SharedApi.SettingsFor(simulator);
        Settings["Providers:sim:Kind"] = "simulator";
        foreach (var (i, model) in Models.Append("ada").Index())
        {
            Settings[$"Providers:sim:Models:{i}:Name"] = model;
            Settings[$"Providers:sim:Models:{i}:InputUsdPerMillion"] = "1";
            Settings[$"Providers:sim:Models:{i}:OutputUsdPerMillion"] = "1";
        }

        Settings["RunLog:Content"] = "full";
        foreach (var (i, model) in Models.Index())
        {
            Settings[$"Panels:default:{i}"] = $"sim/{model}";
        }

        App = await ApiApp.StartAsync(Settings);
    }

    /// <summary>A question over the two documents.</summary>
    public static JsonObject Ask(string question, params (string Name, JsonNode Value)[] more)
    {
        var request = new JsonObject { ["prompt"] = question, ["documents"] = Documents };
        foreach (var (name, value) in more)
        {
            request[name] = value;
        }

        return request;
    }

    /// <summary>What came of it.</summary>
    public async Task<EvidenceResponse> AskedAsync(JsonObject request, ApiApp? app = null, HttpClient? client = null)
    {
        using var response = await (app ?? App).PostAsync("/v1/evidence", request, client);
        return await ReadAsync(response, (app ?? App).Log);
    }

    /// <summary>What came of checking an answer.</summary>
    public async Task<EvidenceRecord> CheckedAsync(JsonObject request, ApiApp? app = null, HttpClient? client = null)
    {
        using var response = await (app ?? App).PostAsync("/v1/evidence/check", request, client);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, ConsensusJson.Default.EvidenceRecord)!;
    }

    /// <summary>The settings with some more.</summary>
    public Dictionary<string, string> SettingsWith(params IEnumerable<KeyValuePair<string, string>> more)
    {
        var settings = new Dictionary<string, string>(Settings);
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    public static async Task<EvidenceResponse> ReadAsync(HttpResponseMessage response, KeptLog? log = null)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{text} {string.Join('\n', log?.Lines.Where(line => line.StartsWith("Error ", StringComparison.Ordinal)).TakeLast(1) ?? [])}");
        return JsonSerializer.Deserialize(text, ConsensusJson.Default.EvidenceResponse)!;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await simulator.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
