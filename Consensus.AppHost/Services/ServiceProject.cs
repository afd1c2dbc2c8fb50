using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Consensus.AppHost.Services;

/// <summary>A service's project at the port of its launch profile, or at the one that <c>Ports:{Name}</c> sets.</summary>
internal static class ServiceProject
{
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        if (builder.ExecutionContext.IsPublishMode || PortOf(builder.Configuration, name) is not { } port)
        {
            return builder.AddProject<TProject>(name);
        }

        // A launch profile would bring its own port along: what else it holds is given here.
        return builder.AddProject<TProject>(name, launchProfileName: null)
            .WithHttpEndpoint(port: port == 0 ? null : port, name: "http")
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development");
    }

    public static IResourceBuilder<ProjectResource> WithStorageFolder(this IResourceBuilder<ProjectResource> project, IDistributedApplicationBuilder builder)
    {
        var configured = builder.Configuration["Storage:Folder"];
        return project.WithEnvironment(
            "Storage__Folder",
            string.IsNullOrWhiteSpace(configured) ? Path.Combine(AppHostFolder.Path, "data") : Path.GetFullPath(configured));
    }

    /// <summary>The setting that moves a service to another port, such as <c>Ports:Api</c>.</summary>
    public static string PortSetting(string name) => $"Ports:{char.ToUpperInvariant(name[0])}{name[1..]}";

    private static int? PortOf(ConfigurationManager configuration, string name)
    {
        var setting = PortSetting(name);
        if (configuration[setting] is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new InvalidOperationException($"{setting} is '{text}': a port from 1 to 65535 is needed, or 0 for any free one.");
    }
}
