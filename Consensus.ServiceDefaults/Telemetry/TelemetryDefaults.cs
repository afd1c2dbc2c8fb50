using System.Diagnostics;
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

    /// <summary>The meter and activity source of Microsoft.Extensions.AI.</summary>
    public const string LanguageModelSource = "Experimental.Microsoft.Extensions.AI";

    public static void AddTelemetryDefaults(this IHostApplicationBuilder builder)
    {
        // With this one the instrumentation leaves headers to the runtime, whose propagator is ours; its own would carry baggage in and out.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        builder.Services.AddSingleton<DistributedContextPropagator, TraceParentOnly>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OwnSources, LanguageModelSource)
                .AddPrometheusExporter())
            .WithTracing(tracing => tracing
                .AddSource(OwnSources, LanguageModelSource)
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
}
