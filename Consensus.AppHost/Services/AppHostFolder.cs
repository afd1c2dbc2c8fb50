using System.Reflection;

namespace Consensus.AppHost.Services;

/// <summary>The folder of the AppHost's project, wherever the caller stands and wherever the build went.</summary>
internal static class AppHostFolder
{
    public static string Path { get; } = typeof(AppHostFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "ProjectFolder").Value!;
}
