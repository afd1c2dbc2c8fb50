using System.Security.Cryptography;
using Consensus.Contracts.LongTerm;

namespace Consensus.Storage.LongTerm;

/// <summary>Files by their content.</summary>
internal static class Checksums
{
    /// <summary>Of a file as it is now.</summary>
    /// <param name="folder">The manifest's folder.</param>
    /// <param name="name">The file's name from there.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ManifestFile Of(string folder, string name)
    {
        using var file = File.OpenRead(Path.Combine(folder, name));
        return new ManifestFile(name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>Holds every file against its manifest.</summary>
    /// <exception cref="InvalidDataException">Files are missing or not what was written; the message names each.</exception>
    public static void Verify(string folder, IReadOnlyList<ManifestFile> files)
    {
        if (Wrong(folder, files, whole: true, CancellationToken.None) is { Count: > 0 } wrong)
        {
            throw new InvalidDataException($"Missing, or not what the manifest says: {string.Join(", ", wrong)}.");
        }
    }

    /// <summary>The files that are missing or not what was written.</summary>
    /// <param name="folder">The manifest's folder.</param>
    /// <param name="files">What was written.</param>
    /// <param name="whole">Whether they are read; else only their lengths are compared.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static IReadOnlyList<string> Wrong(string folder, IReadOnlyList<ManifestFile> files, bool whole, CancellationToken cancellationToken)
    {
        return [.. files.Where(file => !IsInside(file.Name) || !IsAsWritten(file)).Select(static file => file.Name)];

        bool IsAsWritten(ManifestFile file)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = new FileInfo(Path.Combine(folder, file.Name));
            return found.Exists && found.Length == file.Bytes && (!whole || Of(folder, file.Name) == file);
        }
    }

    private static bool IsInside(string name) => !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");
}
