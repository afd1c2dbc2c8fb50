using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence;

/// <summary>
/// What the evidence store is kept in: how a transaction goes there, and what its product does in a way of its own. Nothing is touched before the first use;
/// what failed is tried again at the next.
/// </summary>
internal abstract class EvidenceDatabase : IDisposable
{
    /// <summary>Where it is, for people: a file, or a server with a database. Never a password.</summary>
    public abstract string Place { get; }

    /// <summary>How much all collections hold.</summary>
    public abstract EvidenceHolding Holding { get; }

    /// <summary>Looks something up, on a thread of the pool; all of it in one state of the database.</summary>
    /// <exception cref="EvidenceUnavailableException">It cannot be read.</exception>
    public abstract Task<T> ReadAsync<T>(Func<EvidenceRows, T> read, CancellationToken cancellationToken);

    /// <summary>Changes something, whole or not at all. Cancelling ends the wait for one's turn, not the write.</summary>
    /// <param name="write">What to do; it may be done again after it was undone.</param>
    /// <param name="cancellationToken">Ends the wait for one's turn.</param>
    /// <param name="erases">Whether what was deleted is to be gone from the disk too, where this program has a say in that.</param>
    /// <exception cref="EvidenceUnavailableException">It cannot be written.</exception>
    public abstract Task<T> WriteAsync<T>(Func<EvidenceRows, T> write, CancellationToken cancellationToken, bool erases = false);

    /// <summary>Proves that it can be written.</summary>
    /// <exception cref="EvidenceUnavailableException">It cannot.</exception>
    public abstract Task ProbeAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Copies it to a file while it is in use.</summary>
    /// <exception cref="EvidenceUnavailableException">It cannot be read, the copy not be written, or the product has means of its own.</exception>
    public abstract Task CopyAsync(string to, CancellationToken cancellationToken);

    /// <summary>Bytes on the disk; 0 while that cannot be told.</summary>
    public abstract long MeasureBytes();

    /// <summary>A document was added; the write that did so is done.</summary>
    public virtual void Added(StoredDocument document, StoredPassages text)
    {
    }

    /// <summary>A document was deleted, likewise.</summary>
    public virtual void Removed(StoredDocument document)
    {
    }

    /// <summary>A collection was deleted, likewise; its documents may be there yet.</summary>
    public virtual void Removed(StoredCollection collection)
    {
    }

    /// <summary>Whatever is remembered of a collection is not to be trusted any more.</summary>
    public virtual void Forget(Guid collection)
    {
    }

    public abstract void Dispose();
}
