using System.IO.Compression;
using System.Security.Cryptography;

namespace Consensus.Cli.Benchmarks;

/// <summary>What a suite's file is called and what names its content.</summary>
internal static class SuitePath
{
    /// <summary>The file's name without the endings.</summary>
    public static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        var dot = name.IndexOf(".jsonl", StringComparison.OrdinalIgnoreCase);
        return dot > 0 ? name[..dot] : Path.GetFileNameWithoutExtension(name);
    }

    /// <summary>The SHA-256 of its lines in hexadecimal digits; the same whether compressed or not.</summary>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
