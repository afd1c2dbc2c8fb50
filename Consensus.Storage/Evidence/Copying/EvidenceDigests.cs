namespace Consensus.Storage.Evidence.Copying;

/// <summary>Reads all that a store holds and says it in short.</summary>
internal static class EvidenceDigests
{
    /// <param name="store">The store; nobody writes to it meanwhile.</param>
    /// <param name="only">The ids of the collections and records that count; <c>null</c>: all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it holds of those, the ids of these, and how many others there are.</returns>
    public static async Task<(EvidenceDigest Digest, HashSet<Guid> Ids, long Others)> ReadAsync(
        EvidenceStore store, IReadOnlySet<Guid>? only, CancellationToken cancellationToken)
    {
        using var sum = new EvidenceSum();
        var ids = new HashSet<Guid>();
        var others = 0L;
        await foreach (var collection in EvidenceWalk.Collections(store, cancellationToken).SelectMany(static page => page).WithCancellation(cancellationToken))
        {
            if (only?.Contains(collection.Id) == false)
            {
                others++;
                continue;
            }

            ids.Add(collection.Id);
            sum.Add(collection);
            var all = EvidenceWalk.Documents(store, collection.Id, cancellationToken).SelectMany(static page => page);
            await foreach (var whole in all.WithCancellation(cancellationToken))
            {
                ids.Add(whole.Document.Id);
                sum.Add(whole);
            }
        }

        await foreach (var record in EvidenceWalk.Records(store, cancellationToken).SelectMany(static page => page).WithCancellation(cancellationToken))
        {
            if (only?.Contains(record.Record.EvidenceId) == false)
            {
                others++;
                continue;
            }

            ids.Add(record.Record.EvidenceId);
            sum.Add(record);
        }

        return (sum.Finish(), ids, others);
    }
}
