using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence.Copying;

/// <summary>
/// Copies all collections, documents and evidence records of one store to another, of whatever product. What is there as it is is passed over, so a copy that
/// was broken off is asked for again; what is there otherwise is mended. Older versions become current ones.
/// </summary>
public sealed class EvidenceCopy
{
    private readonly EvidenceStore _from;
    private readonly EvidenceStore _to;
    private readonly Action<EvidenceCopyCounts>? _told;
    private EvidenceCopyCounts _counts = new(0, 0, 0, 0);

    private EvidenceCopy(EvidenceStore from, EvidenceStore to, Action<EvidenceCopyCounts>? told) => (_from, _to, _told) = (from, to, told);

    /// <summary>Copies.</summary>
    /// <param name="from">The one, which stays as it is; best nobody writes to it meanwhile.</param>
    /// <param name="to">The other. Limits have no part in this.</param>
    /// <param name="removeOthers">
    /// Whether collections and records that only the other has are deleted there. Documents in a collection of the one always are.
    /// </param>
    /// <param name="told">Told how far it is, now and then.</param>
    /// <param name="cancellationToken">Ends it between two steps; what was copied stays.</param>
    /// <exception cref="InvalidOperationException">One of them is switched off, or they are the same.</exception>
    /// <exception cref="EvidenceUnavailableException">One of them cannot be read or written.</exception>
    /// <exception cref="EvidenceVersionException">Something is of a version that is not known here; nothing behind it was copied.</exception>
    /// <exception cref="EvidenceShapeException">Something is not as its schema says; likewise.</exception>
    public static async Task<EvidenceReceipt> RunAsync(
        EvidenceStore from, EvidenceStore to, bool removeOthers, Action<EvidenceCopyCounts>? told, CancellationToken cancellationToken)
    {
        if (from.Place == to.Place)
        {
            throw new InvalidOperationException($"The evidence store {from.Place} cannot be copied to itself.");
        }

        // What was begun to be deleted there would otherwise take with it what comes back.
        await to.OpenAsync(cancellationToken);
        var copy = new EvidenceCopy(from, to, told);
        var (of, ids, _) = await EvidenceDigests.ReadAsync(from, only: null, cancellationToken);
        await copy.CollectionsAsync(cancellationToken);
        await copy.RecordsAsync(cancellationToken);
        if (removeOthers)
        {
            await copy.RemoveOthersAsync(ids, cancellationToken);
        }

        var (there, _, others) = await EvidenceDigests.ReadAsync(to, ids, cancellationToken);
        return new EvidenceReceipt(copy._counts, of, there, others);
    }

    /// <summary>What a store holds, in short, read whole.</summary>
    /// <param name="store">The store; nobody writes to it meanwhile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EvidenceUnavailableException">It cannot be read.</exception>
    public static async Task<EvidenceDigest> DigestAsync(EvidenceStore store, CancellationToken cancellationToken) =>
        (await EvidenceDigests.ReadAsync(store, only: null, cancellationToken)).Digest;

    /// <summary>Deletes all that a store holds.</summary>
    /// <param name="store">The store; nobody writes to it meanwhile.</param>
    /// <param name="cancellationToken">Ends it between two collections or records.</param>
    /// <exception cref="EvidenceUnavailableException">It cannot be read or written.</exception>
    public static Task RemoveAllAsync(EvidenceStore store, CancellationToken cancellationToken) =>
        new EvidenceCopy(store, store, told: null).RemoveOthersAsync([], cancellationToken);

    private async Task CollectionsAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in EvidenceWalk.Collections(_from, cancellationToken))
        {
            foreach (var collection in page)
            {
                await CollectionAsync(collection, cancellationToken);
            }
        }
    }

    private async Task CollectionAsync(StoredCollection collection, CancellationToken cancellationToken)
    {
        var there = await _to.BeginCopyAsync(collection, cancellationToken);
        var kept = new HashSet<Guid>();
        await foreach (var page in EvidenceWalk.Documents(_from, collection.Id, cancellationToken))
        {
            kept.UnionWith(page.Select(static whole => whole.Document.Id));
            var (copied, mended) = await _to.CopyDocumentsAsync(collection.Id, page, cancellationToken);
            Count(copied, page.Count - copied - mended, mended, 0);
        }

        Count(0, 0, 0, await _to.KeepDocumentsAsync(collection.Id, kept, cancellationToken));
        await _to.EndCopyAsync(collection, cancellationToken);
        var isEqual = there is not null && EvidenceWalk.HashOf(there) == EvidenceWalk.HashOf(collection);
        Count(there is null ? 1 : 0, isEqual ? 1 : 0, there is not null && !isEqual ? 1 : 0, 0);
    }

    private async Task RecordsAsync(CancellationToken cancellationToken)
    {
        await foreach (var page in EvidenceWalk.Records(_from, cancellationToken))
        {
            var (copied, mended) = await _to.CopyRecordsAsync(page, cancellationToken);
            Count(copied, page.Count - copied - mended, mended, 0);
        }
    }

    private async Task RemoveOthersAsync(HashSet<Guid> kept, CancellationToken cancellationToken)
    {
        await foreach (var page in EvidenceWalk.Collections(_to, cancellationToken))
        {
            foreach (var other in page.Where(collection => !kept.Contains(collection.Id)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await _to.DeleteCollectionAsync(other.Id, static _ => true, CancellationToken.None);
                Count(0, 0, 0, 1 + other.Documents);
            }
        }

        await foreach (var page in EvidenceWalk.Records(_to, cancellationToken))
        {
            foreach (var other in page.Where(record => !kept.Contains(record.Record.EvidenceId)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await _to.DeleteEvidenceAsync(other.Record.EvidenceId, static _ => true, CancellationToken.None);
                Count(0, 0, 0, 1);
            }
        }
    }

    private void Count(long copied, long equal, long mended, long removed)
    {
        _counts = new(_counts.Copied + copied, _counts.Equal + equal, _counts.Mended + mended, _counts.Removed + removed);
        _told?.Invoke(_counts);
    }
}
