using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Evidence.Embedding;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;

namespace Consensus.ApiService.Evidence;

/// <summary>Finds the passages for a question or for claims: in a stored collection, or in the documents of the request.</summary>
internal sealed class PassageFinder(EvidenceStore store, CollectionSearch search)
{
    /// <summary>The passages of the documents of a request.</summary>
    public static IReadOnlyList<Passage> Inline(EvidenceWish wish) =>
        [.. wish.Documents.SelectMany(static (document, i) => Passage.OfRequest(i + 1, document.Text, document.Title, document.Source, document.Licence))];

    /// <summary>The passages that are most relevant to several queries taken together, numbered from 1.</summary>
    /// <param name="wish">Where to look, and how many.</param>
    /// <param name="inline">The passages of the request's documents.</param>
    /// <param name="queries">At least one query.</param>
    /// <param name="caller">Whose collections are seen, and whose key the cost of vectors counts against.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The passages and how they were found, or why they cannot be looked for.</returns>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read.</exception>
    public async Task<(Problem? Problem, PassageList Found)> FindAsync(
        EvidenceWish wish, IReadOnlyList<Passage> inline, IReadOnlyList<string> queries, Caller caller, CancellationToken cancellationToken)
    {
        if (wish.Collection is { } collection && await store.FindCollectionAsync(collection, caller.Owner, cancellationToken) is null)
        {
            return (new Problem(ErrorCatalog.CollectionNotFound), new PassageList(PassageSearch.Bm25, []));
        }

        var (hits, embeddings) = wish.Collection is { } id
            ? await search.SearchAsync(id, queries, wish.MaxPassages, caller.KeyId, cancellationToken)
            : ([.. queries.Select(query => new PassageHits(PassageSearch.Bm25, PassageSearch.Rank(inline, query, wish.MaxPassages)))], null);
        var how = hits.All(static found => found.Search == PassageSearch.Hybrid) ? PassageSearch.Hybrid : PassageSearch.Bm25;
        return (null, new PassageList(how, [.. Merged(hits).Take(wish.MaxPassages).Select(Wire)], embeddings));
    }

    /// <summary>
    /// One ranking of several: by the best place in any of them, so that each query has its best passage among the first. Of a single search it is that one,
    /// with its scores.
    /// </summary>
    private static IEnumerable<RankedPassage> Merged(IReadOnlyList<PassageHits> hits) => hits is [var only]
        ? only.Items
        : hits.SelectMany(static found => found.Items.Select(static (hit, place) => (hit.Passage, Score: 1.0 / (place + 1))))
            .GroupBy(static hit => (hit.Passage.Id, hit.Passage.Document, hit.Passage.DocumentId))
            .Select(static group => new RankedPassage(group.First().Passage, group.Max(static hit => hit.Score)))
            .OrderByDescending(static hit => hit.Score);

    private static EvidencePassage Wire(RankedPassage hit, int place) => new()
    {
        Number = place + 1,
        Id = hit.Passage.Id,
        DocumentId = hit.Passage.DocumentId,
        Document = hit.Passage.Document,
        Title = hit.Passage.Title,
        Source = hit.Passage.Source,
        Licence = hit.Passage.Licence,
        ContentHash = hit.Passage.ContentHash,
        Start = hit.Passage.Start,
        End = hit.Passage.End,
        Text = hit.Passage.Text,
        Score = hit.Score,
    };
}
