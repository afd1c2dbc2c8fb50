using System.Data.Common;
using System.Globalization;
using Consensus.Storage.Databases;
using Dapper;

namespace Consensus.Storage.Sqlite;

/// <summary>How large the file is, and whether it is sound.</summary>
internal sealed partial class RunLogFile
{
    /// <summary>SQLite's word for a file that can give space back in steps.</summary>
    private const long Incremental = 2;

    private const string FreePages = "SELECT freelist_count FROM pragma_freelist_count";

    /// <summary>Bytes of the file and its write-ahead log.</summary>
    public override long MeasureBytes() => new[] { path, path + "-wal" }.Select(static each => new FileInfo(each)).Where(static file => file.Exists).Sum(static file => file.Length);

    public override long? MeasureFreeDisk()
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public override (long FreeBytes, bool GivesBack) MeasureSpace(DbConnection connection) => (
        connection.QuerySingle<long>(FreePages) * connection.QuerySingle<long>("PRAGMA page_size"), connection.QuerySingle<long>("PRAGMA auto_vacuum") == Incremental);

    /// <summary>Gives free pages at the end of the file back, moving others there; returns how many are left. Does nothing in a file that was not made for it.</summary>
    public override long GiveBack(DbConnection writer, int pages)
    {
        using var command = writer.Command(string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({pages})"));
        using (var steps = command.ExecuteReader())
        {
            // One page a row.
            while (steps.Read())
            {
            }
        }

        command.CommandText = FreePages;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public override IReadOnlyList<string> Check(DbConnection connection)
    {
        var findings = connection.Query<string>("PRAGMA integrity_check").AsList();
        return findings is ["ok"] ? [] : findings;
    }
}
