using Microsoft.Extensions.Configuration;

namespace Consensus.Storage;

/// <summary>Where the databases lie.</summary>
public static class StorageFolder
{
    /// <summary><c>Storage:Folder</c>, from the content root when it is relative; <c>data</c> below the content root by default.</summary>
    public static string Of(IConfiguration configuration, string contentRoot)
    {
        var folder = configuration["Storage:Folder"];
        return Path.GetFullPath(string.IsNullOrWhiteSpace(folder) ? "data" : folder, contentRoot);
    }
}
