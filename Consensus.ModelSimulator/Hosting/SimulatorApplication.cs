using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Chat;
using Consensus.ModelSimulator.Embeddings;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Judging;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Replay;
using Consensus.ModelSimulator.Serving;
using Consensus.ModelSimulator.Stats;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Hosting;

/// <summary>What the simulator is made of; the same in its own process and inside another.</summary>
internal static class SimulatorApplication
{
    private const long LargestBody = 4 * 1024 * 1024;

    /// <summary>Listens on the address unless configuration or environment name another.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder, string address)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && string.IsNullOrEmpty(builder.Configuration["HTTP_PORTS"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(address);
        }
    }

    public static void AddSimulator(this WebApplicationBuilder builder)
    {
        // The defaults come first, so that every other source of configuration can override any member of them.
        builder.Configuration.Sources.Insert(0, new JsonStreamConfigurationSource { Stream = Resource("default-models.json") });

        // One line for each request and route would bury what matters here.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // A truncated answer makes Kestrel log that fewer bytes came than were announced, which is what was asked for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddOptions<SimulatorOptions>().BindConfiguration(SimulatorOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SimulatorOptions>, SimulatorOptionsValidator>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ReplayLibrary>();
        builder.Services.AddSingleton<ModelRegistry>();
        builder.Services.AddSingleton<Competence>();
        builder.Services.AddSingleton<Composer>();
        builder.Services.AddSingleton<JudgeComposer>();
        builder.Services.AddSingleton<ChatServer>();
        builder.Services.AddSingleton<Responder>();
        builder.Services.AddSingleton<FaultBoard>();
        builder.Services.AddSingleton<RequestCounters>();
    }

    public static void MapSimulator(this WebApplication app)
    {
        // Loads the suites now, so that a wrong file ends the start and no request waits for it.
        app.Services.GetRequiredService<ModelRegistry>();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(static state =>
            {
                ((HttpContext)state).Response.Headers[Simulation.Header] = Simulation.HeaderValue;
                return Task.CompletedTask;
            }, http);
            return next(http);
        });
        app.UseErrorResponses();
        app.MapHealth();
        app.MapModels();
        app.MapChat();
        app.MapEmbeddings();
        app.MapFaults();
        app.MapStats();
    }

    /// <summary>A file that is embedded in the assembly.</summary>
    public static Stream Resource(string name) =>
        typeof(SimulatorApplication).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing.");
}
