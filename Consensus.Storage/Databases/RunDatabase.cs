using System.Data.Common;
using Consensus.Storage.LongTerm;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Databases;

/// <summary>The database behind a run log: where it is, how it is opened, and what its product does in a way of its own. Nothing is touched before the first opening.</summary>
internal abstract class RunDatabase : IDisposable
{
    /// <summary>Where it is, for people: a file, or a server with a database. Never a password.</summary>
    public abstract string Place { get; }

    /// <summary>Whether every other connection is kept from it: then all goes through the writer's.</summary>
    public virtual bool IsExclusive => false;

    /// <summary>Whether other processes write to it too: then nothing of it is remembered from one transaction to the next.</summary>
    public virtual bool IsShared => false;

    /// <summary>What begins a transaction that writes, statement by statement. From then until its end no other writes.</summary>
    public abstract IReadOnlyList<string> Begin { get; }

    /// <summary>The one connection of this process that writes.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be opened, or was written by a later version.</exception>
    public abstract DbConnection OpenWriter();

    /// <summary>A pooled connection that only reads.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be opened, or was written by a later version.</exception>
    public abstract DbConnection OpenReader();

    /// <summary>A pooled connection that writes beside the writer, one statement at a time and each in a transaction of its own; only of a database that is shared.</summary>
    /// <exception cref="NotSupportedException">All that is written is the writer's to write.</exception>
    /// <exception cref="RunLogUnavailableException">It cannot be opened, or was written by a later version.</exception>
    public virtual DbConnection OpenBeside() => throw new NotSupportedException("All that is written here goes through the writer.");

    /// <summary>Makes what is missing and brings the schema up to date.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be opened, or was written by a later version.</exception>
    public abstract void EnsureReady();

    /// <summary>Whether it was taken away since it was opened, without the open connection telling so.</summary>
    public virtual bool IsGone() => false;

    /// <summary>Forgets what is known of it, so that the next opening looks again.</summary>
    public abstract void Forget();

    /// <summary>Whether a fault is one operation's own (a broken rule, a value that does not fit); all else concerns the whole transaction.</summary>
    public abstract bool IsOwn(DbException fault);

    /// <summary>Makes what was erased unreadable outside the tables too, as far as the product can. False when that has to be tried again.</summary>
    public abstract bool TryWipe(DbConnection writer);

    /// <summary>Bytes on the disk.</summary>
    public abstract long MeasureBytes();

    /// <summary>Bytes that its disk has left; null where that cannot be told.</summary>
    public abstract long? MeasureFreeDisk();

    /// <summary>Bytes that hold nothing, and whether they can be given back in steps.</summary>
    public abstract (long FreeBytes, bool GivesBack) MeasureSpace(DbConnection connection);

    /// <summary>Gives space back, some pages of it; returns how many pages are left to give.</summary>
    public abstract long GiveBack(DbConnection writer, int pages);

    /// <summary>What its own check finds wrong; empty when nothing is.</summary>
    public abstract IReadOnlyList<string> Check(DbConnection connection);

    /// <summary>Puts whole rows into a table, inside the transaction that goes on.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, as the values of a row stand.</param>
    /// <param name="rows">The rows.</param>
    public virtual void InsertAll(DbConnection connection, string table, IReadOnlyList<PortableColumn> columns, IEnumerable<object[]> rows)
    {
        var values = columns.Select(static column => column.Type == PortableType.Text ? Statement.Text("$" + column.Name) : "$" + column.Name);
        using var insert = new Statement(
            connection, $"INSERT INTO {table} ({string.Join(", ", columns.Select(static column => column.Name))}) VALUES ({string.Join(", ", values)})",
            [.. columns.Select(static column => "$" + column.Name)]);
        foreach (var row in rows)
            insert.Execute(row);
    }

    /// <summary>The last number that a table gave to a row; 0 for none.</summary>
    public abstract long ReadSequence(DbConnection connection, string table);

    /// <summary>Sets the number after which a table counts on.</summary>
    public abstract void WriteSequence(DbConnection connection, string table, long last);

    /// <summary>The statements after which no more is written to a table, and each attempt fails with the text.</summary>
    public abstract IEnumerable<string> SealSql(string table, string text);

    /// <summary>The statements that take the seal of a table off; on one that has none they do nothing.</summary>
    public abstract IEnumerable<string> UnsealSql(string table);

    /// <summary>Keeps other moves from this place until the connection is closed; false where another has it.</summary>
    public abstract bool TryReserve(DbConnection connection);

    /// <summary>Takes everything away that the migrations made.</summary>
    public abstract void Drop();

    public virtual void Dispose() => Forget();
}
