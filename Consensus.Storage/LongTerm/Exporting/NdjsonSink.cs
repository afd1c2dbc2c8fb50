using System.IO.Compression;
using ZstdSharp;

namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>Whole runs, a line of JSON each, in one compressed file: what an import reads.</summary>
internal sealed class NdjsonSink : IRunSink
{
    private const int DefaultLevel = 9;

    private readonly FileStream _file;
    private readonly Stream _compressed;

    public NdjsonSink(string folder, ExportFormat format, int? level)
    {
        var name = NameOf(format);
        Files = [name];
        _file = DurableFile.Create(Path.Combine(folder, name));
        _compressed = format == ExportFormat.NdjsonGz
            ? new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true)
            : new CompressionStream(_file, level ?? DefaultLevel, leaveOpen: true);
    }

    public IReadOnlyList<string> Files { get; }

    public static string NameOf(ExportFormat format) => "runs." + ExportFormats.WordOf(format);

    /// <summary>What the file said before it was compressed.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Stream Open(string folder, ExportFormat format)
    {
        var file = File.OpenRead(Path.Combine(folder, NameOf(format)));
        return format == ExportFormat.NdjsonGz ? new GZipStream(file, CompressionMode.Decompress) : new DecompressionStream(file, leaveOpen: false);
    }

    public async Task AddAsync(PortableRun run, byte[] line, CancellationToken cancellationToken)
    {
        await _compressed.WriteAsync(line, cancellationToken);
        await _compressed.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await _compressed.DisposeAsync();
        _file.Flush(flushToDisk: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _compressed.DisposeAsync();
        await _file.DisposeAsync();
    }
}
