using System.Data.Common;
using Consensus.Storage.Runs;

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

    public virtual void Dispose() => Forget();
}
