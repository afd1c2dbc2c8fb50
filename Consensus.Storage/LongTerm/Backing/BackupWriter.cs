using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.LongTerm.Backing;

/// <summary>Writes the parts of a backup to a folder of its own: the heads first, so that none of them tells of more than the copied log has.</summary>
internal static class BackupWriter
{
    /// <summary>The heads' name in a backup, wherever they are kept.</summary>
    public const string Heads = "audit-heads.jsonl";

    /// <summary>The manifest's name.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>Copies the run log as it stands at one moment, with the files that it knows, and checks the copy.</summary>
    /// <param name="connection">The log; others may write to it meanwhile.</param>
    /// <param name="storage">The storage folder.</param>
    /// <param name="heads">The file of signed heads.</param>
    /// <param name="folder">The backup's folder, empty.</param>
    /// <exception cref="IOException">The copy cannot be written, or is not sound.</exception>
    public static void CopyLog(SqliteConnection connection, string storage, string heads, string folder)
    {
        if (File.Exists(heads))
        {
            Copy(heads, Path.Combine(folder, Heads));
        }

        var path = Path.Combine(folder, RunLogRegistration.FileName);
        DurableFile.Create(path).Dispose();
        using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString()))
        {
            copy.Open();
            connection.BackupDatabase(copy);
            // One file, without a write-ahead log beside it.
            copy.Execute("PRAGMA journal_mode = DELETE");
            if (copy.QuerySingle<string>("PRAGMA quick_check(1)") is not "ok" and var finding)
            {
                throw new IOException($"The copy of the run log is not sound: {finding}");
            }

            if (copy.QuerySingle<long>("SELECT count(*) FROM sqlite_master WHERE name = 'archive_segments'") > 0)
            {
                foreach (var segment in ArchiveReader.Paths(copy))
                {
                    Copy(Path.Combine(storage, segment), Path.Combine(folder, segment));
                }
            }
        }

        using var file = File.OpenWrite(path);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Refuses to work at a backup: what opens its stores changes them, and it would no longer be what its manifest says.</summary>
    /// <exception cref="RunLogUnavailableException">The folder is a backup.</exception>
    public static void RequireNone(string folder)
    {
        if (File.Exists(Path.Combine(folder, Manifest)))
        {
            throw new RunLogUnavailableException($"{folder} is a backup: restore it into a folder of its own (consensus restore), and name that.");
        }
    }

    /// <summary>Writes the manifest of what lies in the folder.</summary>
    public static BackupManifest Finish(string folder, DateTimeOffset begun)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
        var manifest = new BackupManifest(SchemaVersion: 1, Guid.CreateVersion7(begun), begun, PortableTables.Schema, RunExport.CodeVersion, [.. files.Select(name => Checksums.Of(folder, name))]);
        DurableFile.Replace(Path.Combine(folder, Manifest), JsonSerializer.SerializeToUtf8Bytes(manifest, ConsensusJson.Default.BackupManifest));
        return manifest;
    }

    /// <summary>Copies a file durably, with its folder.</summary>
    public static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = DurableFile.Create(to);
        source.CopyTo(copy);
        copy.Flush(flushToDisk: true);
    }
}
