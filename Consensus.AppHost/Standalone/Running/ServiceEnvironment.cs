namespace Consensus.AppHost.Standalone.Running;

/// <summary>The variables with which a service starts: this process's own, the launch profile's, the model's.</summary>
internal static class ServiceEnvironment
{
    // This host's own business, which a service would take for its own.
    private static readonly string[] s_kept = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE"];

    public static void Fill(IDictionary<string, string?> variables, ProjectResource project, DistributedApplicationExecutionContext context)
    {
        foreach (var name in s_kept)
        {
            variables.Remove(name);
        }

        foreach (var (name, value) in project.Profile?.Environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            variables[name] = value;
        }

        variables["ASPNETCORE_URLS"] = project.Http.Url;
        variables["OTEL_SERVICE_NAME"] = project.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid():N}";
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
        {
            // Somebody watches: send often.
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }

        var model = new EnvironmentCallbackContext(context);
        project.Environment.ForEach(callback => callback(model));
        foreach (var (name, value) in model.EnvironmentVariables)
        {
            variables[name] = value is Reference reference ? reference.Value() : (string)value;
        }
    }
}
