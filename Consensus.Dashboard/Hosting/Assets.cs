namespace Consensus.Dashboard.Hosting;

/// <summary>Where the style sheets and scripts lie.</summary>
internal static class Assets
{
    /// <summary>A published application carries its assets beside it and may be started from any folder; a built one finds them by its manifest.</summary>
    public static string? PublishedRoot() => Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;
}
