using Consensus.AppHost.Services;

namespace Consensus.AppHost.Tests;

/// <summary>Where the sources lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetDirectoryName(AppHostFolder.Path)!;
}
