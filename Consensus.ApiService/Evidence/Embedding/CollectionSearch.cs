using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;

namespace Consensus.ApiService.Evidence.Embedding;

/// <summary>Searches stored collections: by words, and by vectors where an embedding model is configured. The one way to do so, whatever asks.</summary>
internal sealed class CollectionSearch(EvidenceStore store, QueryEmbedding embedding, EmbeddingSettings settings)
{
    /// <summary>Searches for each of some queries.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="queries">At least one query.</param>
    /// <param name="most">How many passages of each at most.</param>
    /// <param name="keyId">The key that the cost counts against.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>What each query found, and how far it was found by vectors; <c>null</c> without an embedding model.</returns>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read.</exception>
    public async Task<(IReadOnlyList<PassageHits> Hits, PassageEmbeddings? Embeddings)> SearchAsync(
        Guid collection, IReadOnlyList<string> queries, int most, string? keyId, CancellationToken cancellationToken)
    {
        var (vectors, failure) = await embedding.EmbedAsync(queries, keyId, cancellationToken);
        var hits = new List<PassageHits>();
        foreach (var (i, query) in queries.Index())
        {
            hits.Add(await store.SearchAsync(collection, query, most, vectors?[i], cancellationToken));
        }

        return (hits, embedding.Model is null ? null : new PassageEmbeddings(
            embedding.Model, hits.Min(static found => found.Embedded), hits.Max(static found => found.Passages), failure));
    }

    /// <summary>Collections with how many of their passages have vectors; as they are without an embedding model.</summary>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<EvidenceCollection>> CountedAsync(IReadOnlyList<EvidenceCollection> collections, CancellationToken cancellationToken)
    {
        if (settings.Space is not { } space || collections.Count == 0)
        {
            return collections;
        }

        var embedded = await store.CountEmbeddedAsync([.. collections.Select(static collection => collection.Id)], space, cancellationToken);
        return [.. collections.Select(collection => collection with { Embedded = Math.Min(embedded[collection.Id], collection.Passages) })];
    }
}
