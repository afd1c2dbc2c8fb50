namespace Consensus.ApiService.Tests.Keys;

/// <summary>A storage folder that outlives a service.</summary>
internal sealed class StorageFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-keys-");

    public string Path => _folder.FullName;

    public Dictionary<string, string> Settings => new() { ["Storage:Folder"] = Path, ["Auth:KeyRefresh"] = "00:00:00.1" };

    /// <summary>Every byte on the disk.</summary>
    public byte[] Bytes() => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).SelectMany(static file =>
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    })];

    public void Dispose() => _folder.Delete(recursive: true);
}
