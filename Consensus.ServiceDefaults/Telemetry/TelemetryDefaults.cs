using System.Diagnostics;
using System.Reflection;
using Consensus.ServiceDefaults.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Consensus.ServiceDefaults.Telemetry;

/// <summary>OpenTelemetry logs, traces and metrics; sent by OTLP when an endpoint is configured, metrics always at <c>/metrics</c>.</summary>
internal static class TelemetryDefaults
{
    /// <summary>Every meter and activity source of ours.</summary>
    public const string OwnSources = "Consensus.*";

    /// <summary>What groups our services among those of others.</summary>
    private const string Namespace = "consensus";

    public static void AddTelemetryDefaults(this IHostApplicationBuilder builder)
    {
        // With this one the instrumentation leaves headers to the runtime, whose propagator is ours; its own would carry baggage in and out.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        builder.Services.AddSingleton<DistributedContextPropagator, TraceParentOnly>();
        var telemetry = builder.Services.AddOpenTelemetry()
            // What the environment says of this process (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) comes last, so that it holds.
            .ConfigureResource(resource => resource
                .AddService(builder.Environment.ApplicationName, Namespace, Version)
                .AddAttributes([new("deployment.environment.name", builder.Environment.EnvironmentName.ToLowerInvariant())])
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OwnSources)
                .AddView(SeriesBounds.Of)
                .AddPrometheusExporter())
            .WithTracing(tracing => tracing
                .AddSource(OwnSources)
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !HealthDefaults.IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
            });
            telemetry.UseOtlpExporter();
        }
    }

    /// <summary>The version that every assembly of a release has.</summary>
    private static string Version =>
        typeof(TelemetryDefaults).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
