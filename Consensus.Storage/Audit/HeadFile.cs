using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;

namespace Consensus.Storage.Audit;

/// <summary>The file of signed heads, a line each. It lies outside the database: who changes that must change this too, and has no key to sign it.</summary>
internal sealed class HeadFile(string path)
{
    /// <summary>A head is written at once: who holds the lock longer than this has a trouble that is to be told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Path => path;

    /// <summary>Appends a head, durably. A line that a crash cut short is ended first. Processes that keep heads in one file take turns, by a lock beside it.</summary>
    /// <exception cref="IOException">The file cannot be written, or another process does not let go of it.</exception>
    public void Append(AuditHead head)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var turn = TakeTurn();
        using var file = new FileStream(path, Private(FileShare.ReadWrite));
        var isCutShort = file.Length > 0 && LastByte(file) != '\n';
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((isCutShort ? "\n" : "") + Heads.LineOf(head) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The heads of a file in their order; null for a line that is none, or that is not as heads are written.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<AuditHead?> Read(string path) => File.ReadLines(path).Select(Parse);

    private FileStream TakeTurn()
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path + ".lock", Private(FileShare.None));
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
                Thread.Sleep(1);
            }
        }
    }

    private static FileStreamOptions Private(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static AuditHead? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ConsensusJson.Default.AuditHead) is { At: not null, Hash: not null, KeyId: not null, Mac: not null } head && Heads.LineOf(head) == line ? head : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }
}
