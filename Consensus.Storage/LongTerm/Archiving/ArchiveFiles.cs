using System.Globalization;
using System.Security.Cryptography;
using Consensus.Storage.Runs.Fields;
using ZstdSharp;

namespace Consensus.Storage.LongTerm.Archiving;

/// <summary>
/// The files of the archive: <c>archive/2026-01/….ndjson.zst</c>, by the month in which runs were created. A file is Zstandard frames one after the other, so that
/// any tool decompresses it whole, and each frame is a block of lines that is read by itself. A file is written once, and never changed.
/// </summary>
/// <param name="folder">The storage folder.</param>
internal sealed class ArchiveFiles(string folder)
{
    /// <summary>The folder's name in the storage folder.</summary>
    public const string Name = "archive";

    /// <summary>Runs of a block: enough that they share their compression, few enough that one look-up reads little (docs/decisions/0019).</summary>
    public const int RunsOfBlock = 32;

    private const int Level = 9;

    /// <summary>The month of a file, by which its folder is named.</summary>
    public static string MonthOf(long createdAt) => StoredTime.Read(createdAt).UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Writes lines to a new file, durably, and reads it again.</summary>
    /// <param name="month">The month.</param>
    /// <param name="lines">The runs.</param>
    /// <exception cref="IOException">It cannot be written, or does not read as it was written.</exception>
    public ArchiveSegment Write(string month, IReadOnlyList<byte[]> lines)
    {
        var path = $"{Name}/{month}/{Guid.CreateVersion7():N}.ndjson.zst";
        List<(long Offset, int Line)> places = [];
        using (var file = DurableFile.Create(PathOf(path)))
        {
            using var compressor = new Compressor(Level);
            foreach (var block in lines.Chunk(RunsOfBlock))
            {
                for (var i = 0; i < block.Length; i++)
                {
                    places.Add((file.Position, i));
                }

                file.Write(compressor.Wrap([.. block.SelectMany(static line => line.Append((byte)'\n'))]));
            }

            file.Flush(flushToDisk: true);
        }

        using var written = File.OpenRead(PathOf(path));
        var segment = new ArchiveSegment(path, Convert.ToHexStringLower(SHA256.HashData(written)), written.Length, places);
        for (var i = 0; i < lines.Count; i += RunsOfBlock)
        {
            var block = ReadBlock(path, places[i].Offset);
            for (var j = 0; j < block.Count; j++)
            {
                if (!block[j].Span.SequenceEqual(lines[i + j]))
                {
                    throw new IOException($"The archive file {path} does not read as it was written.");
                }
            }
        }

        return segment;
    }

    /// <summary>The lines of a block.</summary>
    /// <exception cref="IOException">It cannot be read, or is not what was written.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadBlock(string path, long offset)
    {
        using var file = File.OpenRead(PathOf(path));
        file.Seek(offset, SeekOrigin.Begin);
        using var content = new MemoryStream();
        try
        {
            // A frame ends of itself: the stream would go on to the next, so the lines are counted.
            using var stream = new DecompressionStream(file, leaveOpen: true);
            List<ReadOnlyMemory<byte>> lines = [];
            var chunk = new byte[65_536];
            for (int read; lines.Count < RunsOfBlock && (read = stream.Read(chunk)) > 0;)
            {
                for (var start = 0; start < read && lines.Count < RunsOfBlock;)
                {
                    var end = Array.IndexOf(chunk, (byte)'\n', start, read - start);
                    content.Write(chunk, start, (end < 0 ? read : end) - start);
                    if (end < 0)
                    {
                        break;
                    }

                    lines.Add(content.ToArray());
                    content.SetLength(0);
                    start = end + 1;
                }
            }

            return lines;
        }
        catch (ZstdException fault)
        {
            throw new IOException($"The archive file {path} is damaged: {fault.Message}", fault);
        }
    }

    /// <summary>Takes a file away; one that is gone stays so.</summary>
    public void Remove(string path) => File.Delete(PathOf(path));

    /// <summary>Every file that lies there, by its path from the storage folder.</summary>
    public IReadOnlyList<string> All()
    {
        var root = PathOf(Name);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*.zst", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)]
            : [];
    }

    private string PathOf(string path) => Path.Combine(folder, path);
}

/// <summary>A file that was written.</summary>
/// <param name="Path">From the storage folder.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Places">Where each of its runs lies.</param>
internal sealed record ArchiveSegment(string Path, string Sha256, long Bytes, IReadOnlyList<(long Offset, int Line)> Places);
