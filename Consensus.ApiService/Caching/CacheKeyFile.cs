using System.Security.Cryptography;
using Consensus.LanguageModels.Caching;

namespace Consensus.ApiService.Caching;

/// <summary>A secret of the storage folder's own, made at the first need and readable by this user alone: what an API has sealed it can open after a restart.</summary>
internal static class CacheKeyFile
{
    /// <summary>The file's name in the storage folder.</summary>
    public const string Name = "cache.key";

    /// <summary>How long the one that makes the key is waited for; longer than writing 32 bytes takes on a busy disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="IOException">The file can neither be read nor made, or is not a key.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can neither be read nor made.</exception>
    public static byte[] ReadOrMake(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        byte[]? secret = null;
        IOException? last = null;
        if (!SpinWait.SpinUntil(() => TryReadOrMake(path, out secret, out last), Patience))
        {
            throw new IOException($"{path} cannot be read or made: {last?.Message}", last);
        }

        return secret is { Length: >= AnswerVault.LeastSecretBytes } ? secret : throw new IOException($"{path} is not a key: delete it, and another is made.");
    }

    private static bool TryReadOrMake(string path, out byte[]? content, out IOException? error)
    {
        (content, error) = (null, null);
        try
        {
            content = File.Exists(path) && File.ReadAllBytes(path) is { Length: > 0 } there ? there : FillUnderLock(path);
            return true;
        }
        catch (IOException busy)
        {
            error = busy;
            return false;
        }
    }

    /// <summary>Takes the file for itself before it looks what is in it: of several that start at once one writes, and the others read what it wrote.</summary>
    /// <remarks>
    /// A draft moved into its place would not do: where <see cref="File.Move(string, string, bool)"/> may not overwrite, it still looks first and renames then,
    /// and of two that looked at the same moment each would go on with a key of its own.
    /// </remarks>
    private static byte[] FillUnderLock(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        if (file.Length > 0)
        {
            var there = new byte[file.Length];
            file.ReadExactly(there);
            return there;
        }

        var made = RandomNumberGenerator.GetBytes(AnswerVault.LeastSecretBytes);
        file.Write(made);
        file.Flush(flushToDisk: true);
        return made;
    }
}
