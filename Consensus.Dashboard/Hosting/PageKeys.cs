using Microsoft.AspNetCore.DataProtection;

namespace Consensus.Dashboard.Hosting;

/// <summary>The keys that protect a page's form tokens and its connection.</summary>
internal static class PageKeys
{
    /// <summary>
    /// Nothing protected outlives the process: a page's state ends with it. So the keys live in memory, and no unencrypted key file is left
    /// in somebody's home. Several replicas behind one address share a folder: <c>DataProtection:Folder</c>.
    /// </summary>
    public static void AddPageKeys(this IHostApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("Consensus.Dashboard");
        if (builder.Configuration["DataProtection:Folder"] is { Length: > 0 } folder)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
        else
        {
            protection.UseEphemeralDataProtectionProvider();
        }
    }
}
