using Consensus.Storage;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Keys;

/// <summary>Whether there can be stored keys at all.</summary>
internal static class KeyStore
{
    /// <summary>Whether by the settings there certainly are none: runs are not stored, or have not been so far.</summary>
    public static bool IsAbsent(IConfiguration configuration, string contentRoot) =>
        !configuration.GetValue("RunLog:Enabled", true)
        || (RunLogRegistration.ServerOf(configuration) is null && IsAbsent(Path.Combine(StorageFolder.Of(configuration, contentRoot), RunLogRegistration.FileName)));

    /// <summary>Whether there certainly is no store: a server is there, or tells why not when it is asked.</summary>
    public static bool IsAbsent(RunLog log) => !log.IsShared && IsAbsent(log.Place);

    /// <summary>Whether there certainly is no file: one that cannot be looked at may be there.</summary>
    private static bool IsAbsent(string path)
    {
        try
        {
            // A folder in its place holds no keys either.
            return File.GetAttributes(path).HasFlag(FileAttributes.Directory);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
