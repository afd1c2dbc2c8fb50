using System.Security.Cryptography;
using Consensus.LanguageModels.Caching;

namespace Consensus.ApiService.Caching;

/// <summary>A secret of the storage folder's own, made at the first need and readable by this user alone: what an API has sealed it can open after a restart.</summary>
internal static class CacheKeyFile
{
    /// <summary>The file's name in the storage folder.</summary>
    public const string Name = "cache.key";

    /// <exception cref="IOException">The file can neither be read nor made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can neither be read nor made.</exception>
    public static byte[] ReadOrMake(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        return Read(path) ?? Make(path);
    }

    private static byte[]? Read(string path) => File.Exists(path) && File.ReadAllBytes(path) is { Length: >= AnswerVault.LeastSecretBytes } secret ? secret : null;

    /// <summary>Made under another name first: two that start at once then have the same one whole, and never half of it.</summary>
    private static byte[] Make(string path)
    {
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(AnswerVault.LeastSecretBytes));
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (Read(path) is not null)
        {
            File.Delete(draft);
        }

        return Read(path) ?? throw new IOException($"{path} is not a key: delete it, and another is made.");
    }
}
