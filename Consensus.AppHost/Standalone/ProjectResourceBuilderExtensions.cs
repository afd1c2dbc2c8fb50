using Consensus.AppHost.Standalone;

namespace Aspire.Hosting;

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project with its <c>http</c> launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var metadata = new TProject();
        return ((DistributedApplicationBuilder)builder).Add(new ProjectResource(name, metadata, LaunchProfile.Read(metadata.ProjectPath)));
    }

    /// <summary>Adds a project with its <c>http</c> launch profile, or without one when <paramref name="launchProfileName"/> is null.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() =>
        launchProfileName is null
            ? ((DistributedApplicationBuilder)builder).Add(new ProjectResource(name, new TProject(), profile: null))
            : builder.AddProject<TProject>(name);
}
