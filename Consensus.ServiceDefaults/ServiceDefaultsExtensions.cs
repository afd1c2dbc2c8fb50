using Consensus.ServiceDefaults.Health;
using Consensus.ServiceDefaults.Http;
using Consensus.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of the system shares: telemetry, health, service discovery and the way it stops.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>How long a stopping service may finish what it has begun; the AppHost waits a little longer before it kills.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Adds logs, traces, metrics, health checks and service discovery.</summary>
    /// <remarks>HTTP clients get service discovery but no resilience handler: calls of language models have their own, and one that
    /// repeats a POST would bill twice. A client of the API asks for it with <c>AddStandardApiResilience</c>.</remarks>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ContentCapture.Apply(builder.Configuration);
        builder.AddLoggingDefaults();
        builder.AddTelemetryDefaults();
        builder.AddHealthDefaults();
        builder.AddServerDefaults();

        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    /// <summary>Maps <c>/health</c> (alive), <c>/ready</c> (JSON for each dependency) and <c>/metrics</c> (Prometheus).</summary>
    /// <param name="app">The application.</param>
    /// <param name="metrics">Conventions of <c>/metrics</c>, such as who may read it. Health and readiness are open to everyone.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app, Action<IEndpointConventionBuilder>? metrics = null)
    {
        app.MapHealthEndpoints();
        var scrape = app.MapPrometheusScrapingEndpoint("/metrics").DisableHttpMetrics();
        metrics?.Invoke(scrape);
        return app;
    }
}
