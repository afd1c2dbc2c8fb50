using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Consensus.ServiceDefaults.Health;

/// <summary>The probes that every service answers.</summary>
internal static class HealthDefaults
{
    private const string Alive = "/health";
    private const string Ready = "/ready";

    /// <summary>The longest a single check may take; a check that hangs counts as failed.</summary>
    private static readonly TimeSpan s_checkTimeout = TimeSpan.FromSeconds(5);

    public static bool IsProbe(PathString path) =>
        path.Value is { } text && (Is(text, Alive) || Is(text, Ready) || Is(text, "/metrics"));

    public static void AddHealthDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        builder.Services.Configure<HealthCheckPublisherOptions>(options => options.Predicate = check => check.Tags.Contains(HealthTags.Ready));
        builder.Services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations.Where(check => check.Timeout == Timeout.InfiniteTimeSpan))
            {
                check.Timeout = s_checkTimeout;
            }
        });
    }

    public static void MapHealthEndpoints(this WebApplication app)
    {
        var probes = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().DisableHttpMetrics();
        probes.MapGet(Alive, () => TypedResults.Json(AliveAnswer.Value, ReadinessJson.Default.AliveAnswer));
        probes.MapGet(Ready, async (HealthCheckService checks, IHostApplicationLifetime lifetime, HttpContext http) =>
        {
            var report = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Ready), http.RequestAborted);
            var readiness = Readiness.From(report, draining: lifetime.ApplicationStopping.IsCancellationRequested);
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(readiness, ReadinessJson.Default.Readiness, statusCode: readiness.StatusCode);
        });
    }

    private static bool Is(string path, string probe) => path.Equals(probe, StringComparison.OrdinalIgnoreCase);
}
