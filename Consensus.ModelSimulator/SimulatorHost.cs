using Consensus.ModelSimulator.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Consensus.ModelSimulator;

/// <summary>A simulator inside another process, for tests: the real application on real Kestrel, on a free loopback port.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SimulatorHost(WebApplication app, Uri baseAddress)
    {
        this.app = app;
        BaseAddress = baseAddress;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123/</c>. The OpenAI-compatible endpoint is <c>v1</c> below it.</summary>
    public Uri BaseAddress { get; }

    /// <summary>
    /// Starts a simulator. It reads neither files nor environment variables: only its built-in defaults, with latency switched off, and
    /// <paramref name="settings"/>, such as <c>["Simulator:LatencyScale"] = "1"</c> or <c>["Simulator:Models:ada:Faults:server_error:Probability"] = "0.5"</c>.
    /// </summary>
    /// <param name="settings">Configuration by key; it overrides the defaults.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range; the message names each.</exception>
    public static Task<SimulatorHost> StartAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null, CancellationToken cancellationToken = default) =>
        StartAsync(settings, TimeProvider.System, cancellationToken);

    internal static async Task<SimulatorHost> StartAsync(IEnumerable<KeyValuePair<string, string?>>? settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Configuration.AddInMemoryCollection([new("Simulator:LatencyScale", "0")]).AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton(time);
        builder.AddSimulator();
        var built = builder.Build();
        try
        {
            built.UseRouting();
            built.MapSimulator();
            await built.StartAsync(cancellationToken);
            var addresses = built.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
            return new(built, new(addresses.First()));
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it; requests that hang on purpose end.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
