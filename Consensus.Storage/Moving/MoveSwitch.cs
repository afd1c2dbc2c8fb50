using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Audit;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Moving;

/// <summary>Which of the two places of a move is the log: the old one is sealed, the new one becomes it, or the old one is it again.</summary>
internal sealed class MoveSwitch(MovePlace from, MovePlace to, MoveSide source, MoveSide target, TimeProvider time)
{
    /// <summary>Whether the source refuses writes, for this move.</summary>
    public bool IsSealed(MoveRecord known) => MoveRecord.Last(source.Connection, MoveRole.From) is { } sealing && sealing.State == MoveState.Moved && sealing.MoveId == known.MoveId;

    /// <summary>From the commit of this on, nothing is written to the source: a transaction that goes on is waited for.</summary>
    public void Seal(MoveRecord known)
    {
        if (IsSealed(known))
        {
            return;
        }

        using var writer = source.Database.OpenWriter();
        foreach (var sql in source.Database.Begin)
        {
            Execute(writer, sql);
        }

        foreach (var sql in MovedTables.Sealed.SelectMany(table => source.Database.SealSql(table, MovedLog.Text(to.Name))))
        {
            Execute(writer, sql);
        }

        MoveRecord.Add(writer, known.MoveId, MoveRole.From, to.Name, MoveState.Moved, new MoveDocument(0, new Dictionary<string, long>(), Receipt: null), time.GetUtcNow());
        Execute(writer, "COMMIT");
    }

    /// <summary>The source takes writes again, and its trail says so.</summary>
    /// <exception cref="RunLogUnavailableException">A process has it open.</exception>
    public void Unseal(MoveRecord known)
    {
        // The old connection would stand in the way of having the file alone.
        source.Connection.Dispose();
        source.Database.Forget();
        using var alone = from.OpenAlone();
        using var writer = alone.OpenWriter();
        var sealing = MoveRecord.Last(writer, MoveRole.From)!;
        foreach (var sql in alone.Begin)
        {
            Execute(writer, sql);
        }

        foreach (var sql in MovedTables.Sealed.SelectMany(alone.UnsealSql))
        {
            Execute(writer, sql);
        }

        sealing.Set(writer, MoveState.Returned, sealing.Document, time.GetUtcNow());
        Note(writer, alone, from.Folder, new AuditNote(AuditAction.StorageReturned, AuditSubjects.Storage, known.MoveId.ToString("D"), KeyId: null, new("from", to.Name), new("to", from.Name)));
        Execute(writer, "COMMIT");
    }

    /// <summary>The new place becomes the log, in one transaction with its entry in the audit trail.</summary>
    public MoveReceipt Finish(MoveRecord known, MoveReceipt receipt, long began)
    {
        foreach (var table in MovedTables.All.Where(static table => table.IsNumbered))
        {
            var last = Math.Max(source.Database.ReadSequence(source.Connection, table.Name), target.Number($"SELECT max(seq) FROM {table.Name}") ?? 0);
            target.Database.WriteSequence(target.Connection, table.Name, Math.Max(last, 0));
        }

        using var transaction = target.Connection.BeginTransaction();
        var trail = Note(
            target.Connection, target.Database, to.Folder ?? from.Folder,
            new AuditNote(
                AuditAction.StorageMoved, AuditSubjects.Storage, known.MoveId.ToString("D"), KeyId: null, new("from", from.Name), new("to", to.Name),
                new("rows", receipt.Tables.Sum(static table => table.Rows)), new("archivedRuns", receipt.ArchivedRuns),
                new("tablesSha256", HashOf(receipt.Tables))));
        var done = receipt with { AuditSeq = trail.Seq, SealedSeconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 3) };
        known.Set(target.Connection, MoveState.Live, known.Document with { Receipt = done }, time.GetUtcNow());
        transaction.Commit();
        return done;
    }

    /// <summary>One hash for all tables, by which the trail knows the receipt.</summary>
    private static string HashOf(IReadOnlyList<MovedRows> tables) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(tables.Select(static table => string.Create(CultureInfo.InvariantCulture, $"{table.Table} {table.Rows} {table.Sha256}\n"))))));

    /// <summary>Before anything is sealed: the move is recorded in the trail, which needs its key.</summary>
    /// <exception cref="RunLogUnavailableException">It is not at hand.</exception>
    public void RequireKey()
    {
        using var last = source.Connection.Command("SELECT key_id FROM audit_log ORDER BY seq DESC LIMIT 1");
        Trail(to.Folder ?? from.Folder).KeyFor(last.ExecuteScalar() as string);
    }

    private AuditTrail Trail(string? folder) => new(AuditOptions.OfEnvironment(), folder ?? Environment.CurrentDirectory, isCommand: true, keepsHeads: false, time, NullLogger.Instance);

    private ChainEnd Note(DbConnection connection, RunDatabase database, string? folder, AuditNote note)
    {
        var now = time.GetUtcNow();
        using var statements = new AuditStatements(connection, Trail(folder), database.IsShared);
        statements.Start(now);
        statements.Append(note, now);
        return statements.End;
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }
}
