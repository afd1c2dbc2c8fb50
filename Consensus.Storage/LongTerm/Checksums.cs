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
        var wrong = files.Where(file => !IsInside(file.Name) || !File.Exists(Path.Combine(folder, file.Name)) || Of(folder, file.Name) != file).Select(static file => file.Name).ToList();
        if (wrong.Count > 0)
        {
            throw new InvalidDataException($"Missing, or not what the manifest says: {string.Join(", ", wrong)}.");
        }
    }

    private static bool IsInside(string name) => !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");
}
