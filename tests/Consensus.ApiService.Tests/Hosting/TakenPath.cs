namespace Consensus.ApiService.Tests.Hosting;

/// <summary>A path that no folder can be made at: it is a file.</summary>
internal sealed class TakenPath : IDisposable
{
    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
