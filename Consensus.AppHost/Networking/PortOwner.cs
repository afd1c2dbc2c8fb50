using System.Globalization;

namespace Consensus.AppHost.Networking;

/// <summary>Who listens at a port, as far as this user may know: told on Linux only.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    /// <returns>Such as <c>dotnet (pid 123)</c>, or null when it cannot be told.</returns>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var sockets = Sockets("/proc/net/tcp", port).Concat(Sockets("/proc/net/tcp6", port)).Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
            return Directory.EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Where(pid => Holds(pid!, sockets))
                .Select(pid => $"{File.ReadAllText($"/proc/{pid}/comm").Trim()} (pid {pid})")
                .FirstOrDefault();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A row: "0: 0100007F:13D8 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0 4242 ..." with address:port in hex, state, and inode as tenth.
    private static IEnumerable<string> Sockets(string table, int port) =>
        !File.Exists(table)
            ? []
            : File.ReadLines(table).Skip(1)
                .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(row => row.Length > 9 && row[3] == Listening && row[1].EndsWith($":{port:X4}", StringComparison.Ordinal))
                .Select(row => row[9]);

    private static bool Holds(string pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone by now, or somebody else's.
            return false;
        }
    }
}
