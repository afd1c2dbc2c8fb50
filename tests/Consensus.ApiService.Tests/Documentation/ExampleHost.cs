using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Backups;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using Consensus.ApiService.Tests.Runs.Live;
using Consensus.ApiService.Tests.Scoring;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>A service that examples are sent to.</summary>
/// <param name="App">The service.</param>
/// <param name="Key">The key that requests bring; <c>null</c> for none.</param>
/// <param name="Behind">What goes with it.</param>
internal sealed record ExampleHost(ApiApp App, string? Key, params IAsyncDisposable[] Behind) : IAsyncDisposable
{
    /// <summary>Starts the service of that name.</summary>
    public static async Task<ExampleHost> StartAsync(string name, SharedApi shared)
    {
        switch (name)
        {
            // Simulated models, and nobody needs a key.
            case "open":
                return new ExampleHost(await ApiApp.StartAsync(shared.Settings), null);
            // Requests of an administrator who has a key.
            case "keyed":
                return new ExampleHost(await ApiApp.StartAsync(KeyedApi.Settings), KeyedApi.Key("root"));
            // Models that do not answer while the examples last.
            case "held":
                var held = await HeldApi.StartAsync();
                return new ExampleHost(held.App, null, held);
            // Two judges.
            case "judged":
                var judged = await JudgedApi.StartAsync();
                return new ExampleHost(judged.App, null, judged);
            // A hundred and fifty runs have been labelled.
            case "labelled":
                var used = await ApiApp.StartAsync(new Dictionary<string, string> { ["Fitting:Refit:LeastQuestions"] = "100" });
                await used.UseAsync(150, LabelledUse.Uneven, 1, LabelledUse.Gold);
                return new ExampleHost(used, null);
            // Panels of OpenAI's protocol: one that agrees, one that is divided.
            case "openai":
                var rig = new OpenAiRig();
                await rig.InitializeAsync();
                return new ExampleHost(rig.App, KeyedApi.Key("alice"), rig);
            // The backup that is due at its start was made.
            case "backed":
                var folder = new BackupFolders();
                var backed = await ApiApp.StartAsync(folder.Settings);
                await folder.FirstAsync(backed);
                return new ExampleHost(backed, null, backed, folder);
            default:
                throw new ArgumentException($"There is no host {name}.", nameof(name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var behind in Behind.Length > 0 ? Behind : [App])
        {
            await behind.DisposeAsync();
        }
    }
}
