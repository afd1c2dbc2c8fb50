using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels;
using Consensus.ModelSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>A service whose simulated panel leads with a plurality on one question, and faults that hit only the questions of steps.</summary>
public sealed class ContestedApi : IAsyncLifetime
{
    public const string Prompt = "What is 8473 * 2917?";

    /// <summary>What a thousand tokens of output cost, in US dollars; input is free.</summary>
    public const decimal UsdPerThousand = 1;

    private static readonly (string Name, string Family)[] Models = [("ada", "analytic"), ("boole", "analytic"), ("curie", "empirical"), ("darwin", "empirical"), ("euler", "formal")];

    private SimulatorHost simulator = null!;

    public ApiApp App { get; private set; } = null!;

    /// <summary>With this seed the panel finds a leader but no consensus.</summary>
    public int Seed { get; private set; }

    /// <summary>The fault of every question of a step, and of <see cref="FaultyModels"/>, as the simulator's header has it; <c>null</c>: none.</summary>
    public string? Fault { get; set; }

    /// <summary>The models whose every question has the fault.</summary>
    public IReadOnlyList<string> FaultyModels { get; set; } = [];

    public async ValueTask InitializeAsync()
    {
        simulator = await SimulatorHost.StartAsync(
            Models.Select(model => KeyValuePair.Create($"Simulator:Models:{model.Name}:Skill:Categories:arithmetic", (string?)"0.5")));
        var settings = SharedApi.SettingsFor(simulator);
        // Faults come in rows here: neither the patience of a call nor a breaker is what is tested.
        settings["Providers:sim:Kind"] = "simulator";
        settings["Providers:sim:Retry:MaxAttempts"] = "1";
        settings["Providers:sim:Breaker:MinimumCalls"] = "10000";
        foreach (var (i, model) in Models.Index())
        {
            settings[$"Providers:sim:Models:{i}:Name"] = model.Name;
            settings[$"Providers:sim:Models:{i}:Family"] = model.Family;
            settings[$"Providers:sim:Models:{i}:InputUsdPerMillion"] = "0";
            settings[$"Providers:sim:Models:{i}:OutputUsdPerMillion"] = $"{UsdPerThousand * 1000}";
        }

        App = await ApiApp.StartAsync(settings, builder =>
            builder.Services.AddHttpClient(LanguageModelServices.HttpClientName).AddHttpMessageHandler(() => new StepFaults(this)));
        for (Seed = 1; Seed <= 200; Seed++)
        {
            var request = new JsonObject { ["prompt"] = Prompt, ["answer"] = new JsonObject { ["kind"] = "number" }, ["seed"] = Seed };
            using var response = await App.PostAsync("/v1/consensus", request);
            if (await response.RunAsync() is { Outcome: Outcome.Plurality, Clusters.Count: > 2 })
            {
                return;
            }
        }

        throw new InvalidOperationException("No seed divides the simulated panel.");
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await simulator.DisposeAsync();
    }

    private sealed class StepFaults(ContestedApi api) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (api.Fault is { } fault && request.Content is { } body)
            {
                await body.LoadIntoBufferAsync(cancellationToken);
                var text = await body.ReadAsStringAsync(cancellationToken);
                if (text.Contains("BEGIN question", StringComparison.Ordinal) || api.FaultyModels.Any(model => text.Contains($"\"model\":\"{model}\"", StringComparison.Ordinal)))
                {
                    request.Headers.TryAddWithoutValidation("X-Simulator-Fault", fault);
                }
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
