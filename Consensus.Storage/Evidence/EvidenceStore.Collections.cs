using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence;

public sealed partial class EvidenceStore
{
    /// <summary>Documents that are deleted in one transaction when their collection is.</summary>
    private const int RemovedAtOnce = 50;

    /// <summary>Makes a collection.</summary>
    /// <param name="collection">What it is to be; it has a name.</param>
    /// <param name="keyId">The key that it belongs to.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><c>null</c> when the key has <see cref="Limits.CollectionsPerKey"/> already.</returns>
    public Task<EvidenceCollection?> CreateCollectionAsync(NewCollection collection, string? keyId, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var stored = new StoredCollection(
            EvidenceShapes.Collection.Version, Guid.CreateVersion7(now), collection.Name!, collection.Description, collection.Shared ?? false, keyId, now, now, 0, 0, 0);
        return WriteAsync(
            rows =>
            {
                if (rows.CountCollections(keyId) >= Limits.CollectionsPerKey)
                {
                    return null;
                }

                rows.AddCollection(stored);
                return Shown(stored);
            },
            cancellationToken);
    }

    /// <summary>Finds a collection; with <paramref name="keyId"/> only if it belongs to that key or is shared.</summary>
    public Task<EvidenceCollection?> FindCollectionAsync(Guid id, string? keyId, CancellationToken cancellationToken) =>
        ReadAsync(rows => rows.FindCollection(id) is { } found && MaySee(found, keyId) ? Shown(found) : null, cancellationToken);

    /// <summary>Lists collections, newest first; with <paramref name="keyId"/> that key's and the shared ones.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor is not one of this listing.</exception>
    public Task<Page<EvidenceCollection>> ListCollectionsAsync(string? keyId, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string?[] filters = ["collections", keyId];
        var before = EvidenceCursor.ReadId(cursor, filters);
        return ReadAsync(
            rows => Page(rows.ListCollections(keyId, before, limit + 1), limit, Shown, last => EvidenceCursor.Write(last.Id.ToString("N"), filters)),
            cancellationToken);
    }

    /// <summary>Deletes a collection with its documents.</summary>
    /// <param name="id">The collection.</param>
    /// <param name="mayDelete">Whether the caller may, by the key that it belongs to.</param>
    /// <param name="cancellationToken">Ends the wait until it begins.</param>
    public async Task<EvidenceErasure> DeleteCollectionAsync(Guid id, Func<string?, bool> mayDelete, CancellationToken cancellationToken)
    {
        var held = default(StoredCollection);
        var outcome = await WriteAsync(
            rows =>
            {
                if (rows.ClaimCollection(id) is not { } found)
                {
                    return EvidenceErasure.NotThere;
                }

                if (!mayDelete(found.KeyId))
                {
                    return EvidenceErasure.NotAllowed;
                }

                // From here on it is not there; what is left of it goes in steps, by the next process if need be.
                rows.RemoveCollection(id);
                held = found;
                return EvidenceErasure.Erased;
            },
            cancellationToken,
            erases: true);
        if (outcome == EvidenceErasure.Erased)
        {
            _database.Removed(held!);
            await RemoveDocumentsAsync(id);
        }

        return outcome;
    }

    private async Task RemoveDocumentsAsync(Guid collection)
    {
        var isDone = false;
        while (!isDone)
        {
            isDone = await WriteAsync(rows => rows.RemoveDocuments(collection, RemovedAtOnce), CancellationToken.None, erases: true);
        }

        _database.Forget(collection);
        _vectors.Clear(); // seldom, and read again where they are needed
    }

    private static bool MaySee(StoredCollection collection, string? keyId) => keyId is null || collection.Shared || collection.KeyId == keyId;

    private static EvidenceCollection Shown(StoredCollection stored) => new()
    {
        Id = stored.Id,
        Name = stored.Name,
        Description = stored.Description,
        Shared = stored.Shared,
        KeyId = stored.KeyId,
        CreatedAt = stored.CreatedAt,
        UpdatedAt = stored.UpdatedAt,
        Documents = stored.Documents,
        Passages = stored.Passages,
        Characters = stored.Characters,
        Links = new Dictionary<string, string>
        {
            ["self"] = $"/v1/collections/{stored.Id:D}",
            ["documents"] = $"/v1/collections/{stored.Id:D}/documents",
            ["passages"] = $"/v1/collections/{stored.Id:D}/passages",
        },
    };

    private static Page<TShown> Page<T, TShown>(List<T> found, int limit, Func<T, TShown> show, Func<T, string> cursor) =>
        found.Count > limit ? new Page<TShown>([.. found.Take(limit).Select(show)], cursor(found[limit - 1])) : new Page<TShown>([.. found.Select(show)], null);
}
