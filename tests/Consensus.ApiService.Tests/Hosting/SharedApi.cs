using Consensus.ApiService.Tests.Errors;
using Consensus.ModelSimulator;

[assembly: AssemblyFixture(typeof(Consensus.ApiService.Tests.Hosting.SharedApi))]

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>One service without keys and one simulator, for all tests that need nothing special.</summary>
public sealed class SharedApi : IAsyncLifetime
{
    private readonly Lazy<Task<MadeErrors>> _errors;

    public SharedApi() => _errors = new Lazy<Task<MadeErrors>>(() => new ErrorMakings(this).MakeAsync());

    public ApiApp App { get; private set; } = null!;

    /// <summary>Every error of the catalogue, made by a real request when it is first asked for.</summary>
    public Task<MadeErrors> Errors => _errors.Value;

    public SimulatorHost Simulator { get; private set; } = null!;

    /// <summary>The settings that let a service ask this simulator.</summary>
    public Dictionary<string, string> Settings => SettingsFor(Simulator);

    public static Dictionary<string, string> SettingsFor(SimulatorHost simulator) =>
        new() { ["services:models:http:0"] = simulator.BaseAddress.GetLeftPart(UriPartial.Authority) };

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorHost.StartAsync();
        App = await ApiApp.StartAsync(Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
