using System.Data.Common;
using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Storage.Audit.Keys;
using Consensus.Storage.Databases;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Audit.Verifying;

/// <summary>Verifies the trail of a run log, against itself, against signed heads and against the stored runs. It changes nothing, and holds one entry at a time.</summary>
public static class AuditVerification
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(1);

    /// <param name="folder">The storage folder.</param>
    /// <param name="options">The keys, and the file of the heads.</param>
    /// <param name="heads">A file of heads that was kept elsewhere; <c>null</c>: the one of the settings, where there is one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RunLogUnavailableException">There is no run log, no trail or no key, or another process has the log open.</exception>
    /// <exception cref="IOException">The heads or the key cannot be read.</exception>
    /// <exception cref="DbException">The file is no sound database.</exception>
    public static AuditReport Verify(string folder, AuditOptions options, string? heads, CancellationToken cancellationToken)
    {
        using var file = new RunLogFile(Path.Combine(folder, RunLogRegistration.FileName), fullSync: false, BusyTimeout, NullLogger.Instance, exclusive: true);
        using var connection = file.OpenAloneForReading();
        return Verify(file, connection, folder, options, HeadsOf(folder, options, heads), cancellationToken);
    }

    /// <summary>Verifies the trail of a run log on a server, as it is at one moment; others may go on writing.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="folder">The storage folder: where key and heads lie that the settings do not name.</param>
    /// <param name="options">The keys, and the file of the heads.</param>
    /// <param name="heads">A file of heads that was kept elsewhere; <c>null</c>: the one of the settings, where there is one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RunLogUnavailableException">There is no trail or no key, or it was written by another version.</exception>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    /// <exception cref="IOException">The heads or the key cannot be read.</exception>
    /// <exception cref="DbException">The database cannot be read.</exception>
    public static AuditReport VerifyServer(string connectionString, string folder, AuditOptions options, string? heads, CancellationToken cancellationToken)
    {
        using var server = new RunLogServer(connectionString, NullLogger.Instance, ServerSchema.Keep);
        using var connection = server.OpenReader();

        // Before the moment at which entries are read: a head that is kept later would tell of entries that are not there yet.
        var kept = HeadsOf(folder, options, heads).ToList();
        using var snapshot = connection.BeginSnapshot();
        return Verify(server, connection, folder, options, kept, cancellationToken);
    }

    private static IEnumerable<AuditHead?> HeadsOf(string folder, AuditOptions options, string? heads)
    {
        var kept = heads ?? Path.GetFullPath(options.HeadFile, folder);
        return heads is not null || File.Exists(kept) ? HeadFile.Read(kept) : [];
    }

    private static AuditReport Verify(
        RunDatabase database, DbConnection connection, string folder, AuditOptions options, IEnumerable<AuditHead?> heads, CancellationToken cancellationToken)
    {
        if (!connection.HasTable("audit_log"))
            throw new RunLogUnavailableException($"The run log {database.Place} has no audit trail: it was written by an earlier version.");
        var keys = AuditKeyRing.Load(options, folder, mayMake: false)
            ?? throw new RunLogUnavailableException($"There is no audit key: neither in {folder} nor in the settings.");
        using var lines = new HeadVerifier(heads, keys);
        return Verify(connection, keys, lines, cancellationToken);
    }

    private static AuditReport Verify(DbConnection connection, AuditKeyRing keys, HeadVerifier heads, CancellationToken cancellationToken)
    {
        var chain = new ChainVerifier(keys, ChainEnd.Nothing);
        var purged = new SeqRanges();
        var begun = default(TrailBeginning);
        AuditFinding? finding = null;
        using (var command = connection.CreateCommand())
        {
            // By the key of the rows themselves, not by an index that might tell otherwise.
            command.CommandText = $"SELECT {StoredEntry.Columns} FROM audit_log NOT INDEXED ORDER BY seq";
            using var rows = command.ExecuteReader();
            while (finding is null && rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (EntryRow.Read(rows) is not { } entry)
                    finding = new AuditFinding(AuditFault.Content, chain.End.Seq + 1, $"Entry {chain.End.Seq + 1} is not what was written: a column holds another type.");
                else if ((finding = chain.Next(entry)) is null && (finding = heads.Next(chain.End)) is null)
                    Learn(entry);
            }
        }

        var runs = new RunCheck(connection, keys, purged, begun);
        finding ??= chain.End.Seq == 0 ? new AuditFinding(AuditFault.Missing, 1, "The trail has no entry.") : null;
        finding ??= heads.End(chain.End, HashOf) ?? runs.Check(cancellationToken);
        return new AuditReport(finding is null, chain.End.Seq, heads.Compared, runs.Compared, runs.Before, runs.Tombstones, finding);

        byte[]? HashOf(long seq)
        {
            using var command = connection.Command("SELECT hash FROM audit_log WHERE seq = $seq");
            command.Add("$seq", seq);
            return command.ExecuteScalar() as byte[];
        }

        void Learn(StoredEntry entry)
        {
            if (entry.Seq == 1)
                begun = TrailBeginning.Read(entry.Detail);
            if (entry.Action == WireName.Of(AuditAction.Purged) && JsonElement.Parse(entry.Detail).TryGetProperty("entries", out var entries))
                purged.Add(entries.GetString()!);
        }
    }
}
