using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>Collections of documents to answer from.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>Makes a collection.</summary>
    /// <exception cref="ConsensusApiException">It is not valid, the key has too many (<c>collection_full</c>), the store is off or fails, or the API cannot be reached.</exception>
    public Task<EvidenceCollection> CreateCollectionAsync(NewCollection collection, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/collections", collection, Outgoing.NewCollection), ConsensusJson.Default.EvidenceCollection, cancellationToken);

    /// <summary>A page of collections, newest first: the key's own and the shared ones.</summary>
    /// <exception cref="ConsensusApiException">The cursor is of another listing, the store is off or fails, or the API cannot be reached.</exception>
    public Task<Page<EvidenceCollection>> ListCollectionsAsync(int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/collections" + PageOf(limit, cursor)), ConsensusJson.Default.PageEvidenceCollection, cancellationToken);

    /// <summary>A collection.</summary>
    /// <exception cref="ConsensusApiException">There is none that the key may read (<c>collection_not_found</c>), the store is off or fails, or the API cannot be reached.</exception>
    public Task<EvidenceCollection> GetCollectionAsync(Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/collections/{id:D}"), ConsensusJson.Default.EvidenceCollection, cancellationToken);

    /// <summary>Deletes a collection with all its documents.</summary>
    /// <exception cref="ConsensusApiException">There is none (<c>collection_not_found</c>), it belongs to another key, the store is off or fails, or the API cannot be reached.</exception>
    public Task DeleteCollectionAsync(Guid id, CancellationToken cancellationToken = default) => DeleteAsync($"v1/collections/{id:D}", cancellationToken);

    /// <summary>Searches a collection for passages, the most relevant first.</summary>
    /// <exception cref="ConsensusApiException">There is no such collection, the words are too many, the store is off or fails, or the API cannot be reached.</exception>
    public Task<PassageList> SearchPassagesAsync(Guid collection, string words, int? limit = null, CancellationToken cancellationToken = default) => SendAsync(
        Get($"v1/collections/{collection:D}/passages" + QueryText.Of(("q", words), ("limit", QueryText.Number(limit)))), ConsensusJson.Default.PassageList, cancellationToken);

    /// <summary>Adds a document to a collection; the same text again gives the document that is there.</summary>
    /// <exception cref="ConsensusApiException">It cannot be read, the collection is full (<c>collection_full</c>) or belongs to another key, the store is off or fails, or the API cannot be reached.</exception>
    public Task<EvidenceDocument> AddDocumentAsync(Guid collection, InlineDocument document, CancellationToken cancellationToken = default) =>
        SendAsync(Post($"v1/collections/{collection:D}/documents", document, Outgoing.InlineDocument), ConsensusJson.Default.EvidenceDocument, cancellationToken);

    /// <summary>A page of a collection's documents without their texts, newest first.</summary>
    /// <exception cref="ConsensusApiException">There is no such collection, the cursor is of another listing, the store is off or fails, or the API cannot be reached.</exception>
    public Task<Page<EvidenceDocument>> ListDocumentsAsync(Guid collection, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/collections/{collection:D}/documents" + PageOf(limit, cursor)), ConsensusJson.Default.PageEvidenceDocument, cancellationToken);

    /// <summary>A document with its text.</summary>
    /// <exception cref="ConsensusApiException">There is none (<c>document_not_found</c>), the store is off or fails, or the API cannot be reached.</exception>
    public Task<EvidenceDocument> GetDocumentAsync(Guid collection, Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/collections/{collection:D}/documents/{id:D}"), ConsensusJson.Default.EvidenceDocument, cancellationToken);

    /// <summary>Deletes a document.</summary>
    /// <exception cref="ConsensusApiException">There is none (<c>document_not_found</c>), it belongs to another key, the store is off or fails, or the API cannot be reached.</exception>
    public Task DeleteDocumentAsync(Guid collection, Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync($"v1/collections/{collection:D}/documents/{id:D}", cancellationToken);

    /// <summary>A page of a document's passages in their order.</summary>
    /// <exception cref="ConsensusApiException">There is no such document, the cursor is of another listing, the store is off or fails, or the API cannot be reached.</exception>
    public Task<Page<EvidencePassage>> ListPassagesAsync(
        Guid collection, Guid document, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) => SendAsync(
        Get($"v1/collections/{collection:D}/documents/{document:D}/passages" + PageOf(limit, cursor)), ConsensusJson.Default.PageEvidencePassage, cancellationToken);

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), Json, cancellationToken);
    }

    private static string PageOf(int? limit, string? cursor) => QueryText.Of(("limit", QueryText.Number(limit)), ("cursor", cursor));
}
