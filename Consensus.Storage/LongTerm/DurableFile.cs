namespace Consensus.Storage.LongTerm;

/// <summary>Files that this user alone may read, and that are on the disk when they are closed.</summary>
internal static class DurableFile
{
    /// <summary>Makes a file that is not there yet, with its folder.</summary>
    /// <exception cref="IOException">It cannot be made, or is there.</exception>
    public static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a small file whole or not at all, in place of one that is there.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var part = path + ".part";
        File.Delete(part);
        using (var file = Create(part))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }

    /// <summary>A folder that is there and empty: made, or found so.</summary>
    /// <exception cref="IOException">Something lies in it.</exception>
    public static void RequireEmpty(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"The folder {folder} is not empty; name a new one.");
        }

        Directory.CreateDirectory(folder);
    }
}
