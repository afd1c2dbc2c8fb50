using Consensus.ApiService.Backups;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Backups;

/// <summary>Where a service that the test starts backs up to.</summary>
internal sealed class BackupFolders : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-backups-");

    public string Path => _folder.FullName;

    public Dictionary<string, string> Settings => new() { ["Backup:Folder"] = Path };

    public IReadOnlyList<string> Complete => new BackupFolder(Path).Complete();

    /// <summary>Waits for the backup that is due when a service starts.</summary>
    public Task FirstAsync(ApiApp app) => Eventually.HoldsAsync(
        () => Complete.Count == 1 && !app.Services.GetRequiredService<BackupKeeper>().List(verify: false, CancellationToken.None).IsRunning, "the first backup is complete");

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
