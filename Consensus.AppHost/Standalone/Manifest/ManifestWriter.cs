using System.Text.Json;

namespace Consensus.AppHost.Standalone.Manifest;

/// <summary>Writes the model in the shape that the Azure Developer CLI reads.</summary>
internal sealed class ManifestWriter(Utf8JsonWriter json, string folder)
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly List<ManifestEntry> _needed = [];

    public void Write(DistributedApplicationBuilder model)
    {
        json.WriteStartObject();
        json.WriteStartObject("resources");
        foreach (var resource in model.Resources.Where(resource => !resource.ExcludedFromManifest))
        {
            Write(new ManifestEntry(resource.Name, _ => WriteBody(resource, model.ExecutionContext)));
        }

        // What was referred to without being part of the model follows it: values of conditions last.
        foreach (var entry in _needed.OrderBy(entry => entry.Name.StartsWith("cond-", StringComparison.Ordinal)).ToArray())
        {
            Write(entry);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(ManifestEntry entry)
    {
        if (_written.Add(entry.Name))
        {
            json.WriteStartObject(entry.Name);
            entry.Write(json);
            json.WriteEndObject();
        }
    }

    private void WriteBody(Resource resource, DistributedApplicationExecutionContext context)
    {
        switch (resource)
        {
            case ProjectResource project:
                WriteProject(project, context);
                break;
            case RedisResource redis:
                redis.Write(json);
                break;
            case ParameterResource parameter:
                parameter.Entry.Write(json);
                break;
            case ConnectionStringResource connection:
                connection.Write(json);
                break;
            default:
                throw new NotSupportedException($"The standalone mode cannot publish '{resource.Name}'.");
        }
    }

    private void WriteProject(ProjectResource project, DistributedApplicationExecutionContext context)
    {
        json.WriteString("type", "project.v0");
        json.WriteString("path", Path.GetRelativePath(folder, project.Metadata.ProjectPath).Replace('\\', '/'));

        var environment = new EnvironmentCallbackContext(context);
        environment.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        environment.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        environment.EnvironmentVariables["HTTP_PORTS"] = $"{{{project.Name}.bindings.http.targetPort}}";
        project.Environment.ForEach(callback => callback(environment));
        json.WriteStartObject("env");
        foreach (var (name, value) in environment.EnvironmentVariables)
        {
            json.WriteString(name, value is Reference reference ? reference.Manifest : (string)value);
            _needed.AddRange((value as Reference)?.Needs ?? []);
        }

        json.WriteEndObject();
        json.WriteStartObject("bindings");
        foreach (var scheme in (string[])["http", "https"])
        {
            json.WriteStartObject(scheme);
            json.WriteString("scheme", scheme);
            json.WriteString("protocol", "tcp");
            json.WriteString("transport", "http");
            if (project.Http.IsExternal)
            {
                json.WriteBoolean("external", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
