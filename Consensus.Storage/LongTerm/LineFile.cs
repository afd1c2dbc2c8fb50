using System.IO.Compression;
using Consensus.Storage.LongTerm.Exporting;
using ZstdSharp;

namespace Consensus.Storage.LongTerm;

/// <summary>Lines of JSON in one compressed file that is on the disk when it is finished.</summary>
internal sealed class LineFile : IDisposable, IAsyncDisposable
{
    private const int DefaultLevel = 9;

    private readonly FileStream _file;
    private readonly Stream _compressed;

    /// <param name="path">The file, which is not there yet.</param>
    /// <param name="format">How; lines are never Parquet.</param>
    /// <param name="level">How hard Zstandard tries, 1 to 19; 9 unless it is given.</param>
    /// <exception cref="IOException">It cannot be made, or is there.</exception>
    public LineFile(string path, ExportFormat format, int? level)
    {
        _file = DurableFile.Create(path);
        _compressed = format == ExportFormat.NdjsonGz
            ? new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true)
            : new CompressionStream(_file, level ?? DefaultLevel, leaveOpen: true);
    }

    /// <summary>What the file said before it was compressed.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Stream Open(string path, ExportFormat format)
    {
        var file = File.OpenRead(path);
        return format == ExportFormat.NdjsonGz ? new GZipStream(file, CompressionMode.Decompress) : new DecompressionStream(file, leaveOpen: false);
    }

    /// <summary>Adds a line.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        _compressed.Write(line);
        _compressed.Write("\n"u8);
    }

    /// <inheritdoc cref="Add"/>
    public async Task AddAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _compressed.WriteAsync(line, cancellationToken);
        await _compressed.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    /// <summary>Writes what is left, durably.</summary>
    public void Finish()
    {
        _compressed.Dispose();
        _file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        _compressed.Dispose();
        _file.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _compressed.DisposeAsync();
        await _file.DisposeAsync();
    }
}
