using System.Security.Cryptography;
using System.Text;

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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var ids = new HashSet<Guid>();
        var (collections, documents, passages, records, others) = (0L, 0L, 0L, 0L, 0L);
        await foreach (var collection in EvidenceWalk.Collections(store, cancellationToken).SelectMany(static page => page).WithCancellation(cancellationToken))
        {
            if (only?.Contains(collection.Id) == false)
            {
                others++;
                continue;
            }

            collections++;
            Add(collection.Id, EvidenceWalk.HashOf(collection));
            var all = EvidenceWalk.Documents(store, collection.Id, cancellationToken).SelectMany(static page => page);
            await foreach (var whole in all.WithCancellation(cancellationToken))
            {
                documents++;
                passages += whole.Text.Passages.Count;
                Add(whole.Document.Id, EvidenceWalk.HashOf(whole));
            }
        }

        await foreach (var record in EvidenceWalk.Records(store, cancellationToken).SelectMany(static page => page).WithCancellation(cancellationToken))
        {
            if (only?.Contains(record.Record.EvidenceId) == false)
            {
                others++;
                continue;
            }

            records++;
            Add(record.Record.EvidenceId, EvidenceWalk.HashOf(record));
        }

        return (new EvidenceDigest(collections, documents, passages, records, Convert.ToHexStringLower(hash.GetHashAndReset())), ids, others);

        void Add(Guid id, string itemHash)
        {
            ids.Add(id);
            hash.AppendData(Encoding.ASCII.GetBytes($"{id:N} {itemHash}\n"));
        }
    }
}
