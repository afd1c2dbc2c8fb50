using Consensus.AppHost.Standalone;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project that runs as a process.</summary>
public sealed class ProjectResource : Resource, IResourceWithEnvironment, IResourceWithWaitSupport, IResourceWithServiceDiscovery
{
    internal ProjectResource(string name, IProjectMetadata metadata, LaunchProfile? profile)
        : base(name)
    {
        Metadata = metadata;
        Profile = profile;
        if (profile is not null)
        {
            Endpoints.Add(new Endpoint(this, "http", profile.Port));
        }
    }

    internal IProjectMetadata Metadata { get; }

    internal LaunchProfile? Profile { get; }

    internal List<Endpoint> Endpoints { get; } = [];

    internal List<Action<EnvironmentCallbackContext>> Environment { get; } = [];

    internal List<IResource> WaitsFor { get; } = [];

    internal List<Action<ResourceUrlAnnotation>> Urls { get; } = [];

    internal string? HealthPath { get; set; }

    internal Endpoint Http => Endpoints.Find(endpoint => endpoint.Name == "http")
        ?? throw new InvalidOperationException($"'{Name}' has no http endpoint: its project needs a launch profile with an applicationUrl.");
}
