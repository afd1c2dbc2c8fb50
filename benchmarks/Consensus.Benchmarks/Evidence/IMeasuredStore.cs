namespace Consensus.Benchmarks.Evidence;

/// <summary>A store that is measured. Disposing of it closes its files; it can be opened again.</summary>
internal interface IMeasuredStore : IDisposable
{
    string Name { get; }

    /// <summary>Opens the store in a folder, or opens it again.</summary>
    Task OpenAsync(string folder);

    /// <summary>Adds a document and gives how many passages it makes; durable when it returns.</summary>
    Task<int> AddAsync(string text);

    /// <summary>Finds ten passages with their texts.</summary>
    Task<int> SearchAsync(string words);

    /// <summary>Deletes a document, by its place among those added.</summary>
    Task DeleteAsync(int document);

    /// <summary>Bytes on the disk of a store that is closed.</summary>
    long MeasureDisk(string folder) => BytesIn(folder);

    /// <summary>Bytes of all files in a folder.</summary>
    static long BytesIn(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);
}
