using System.Text;
using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;

namespace Consensus.Storage.Audit;

/// <summary>The file of signed heads, a line each. It lies outside the database: who changes that must change this too, and has no key to sign it.</summary>
internal sealed class HeadFile(string path)
{
    public string Path => path;

    /// <summary>Appends a head, durably. A line that a crash cut short is ended first.</summary>
    public void Append(AuditHead head)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        var isCutShort = file.Length > 0 && LastByte(file) != '\n';
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((isCutShort ? "\n" : "") + Heads.LineOf(head) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The heads of a file in their order; null for a line that is none, or that is not as heads are written.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<AuditHead?> Read(string path) => File.ReadLines(path).Select(Parse);

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
