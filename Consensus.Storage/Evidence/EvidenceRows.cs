using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Searching;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Evidence;

/// <summary>What is stored, as one transaction sees it. What is read and what is written satisfies its schema.</summary>
internal abstract class EvidenceRows
{
    public abstract StoredCollection? FindCollection(Guid id);

    /// <summary>The same; until the transaction ends nobody else changes the collection or its documents.</summary>
    public abstract StoredCollection? ClaimCollection(Guid id);

    /// <summary>How many collections a key has; until the transaction ends nobody else adds any.</summary>
    public abstract long CountCollections(string? keyId);

    /// <summary>Collections, newest first; with <paramref name="keyId"/> that key's and the shared ones.</summary>
    /// <param name="keyId">Whose; <c>null</c>: everybody's.</param>
    /// <param name="before">The last one of the page before.</param>
    /// <param name="most">How many at most.</param>
    public abstract List<StoredCollection> ListCollections(string? keyId, Guid? before, int most);

    public abstract void AddCollection(StoredCollection collection);

    public abstract void ChangeCollection(StoredCollection collection);

    /// <summary>Takes a collection away and notes that its documents have to follow.</summary>
    public abstract void RemoveCollection(Guid id);

    /// <summary>Collections that were taken away and whose documents are not all gone yet.</summary>
    public abstract List<Guid> ListRemovals();

    /// <summary>Deletes some documents of a collection that was taken away.</summary>
    /// <returns>Whether none is left; the note goes with the last.</returns>
    public abstract bool RemoveDocuments(Guid collection, int most);

    public abstract StoredDocument? FindDocument(Guid id);

    /// <summary>The document of a collection that has this content.</summary>
    public abstract StoredDocument? FindDocument(Guid collection, string contentHash);

    /// <summary>Documents of a collection, newest first.</summary>
    public abstract List<StoredDocument> ListDocuments(Guid collection, Guid? before, int most);

    public abstract StoredPassages? FindText(Guid document);

    /// <summary>Documents with their texts; one that is not there is left out.</summary>
    public abstract Dictionary<Guid, (StoredDocument Document, StoredPassages Text)> FindTexts(IEnumerable<Guid> documents);

    /// <summary>Adds a document; what its collection holds is changed apart from it.</summary>
    public abstract void AddDocument(StoredDocument document, StoredPassages text);

    /// <summary>Deletes a document, likewise.</summary>
    public abstract void DeleteDocument(Guid collection, Guid id);

    /// <summary>The places that have words of a query in a collection that is there: by their scores, then by document and place.</summary>
    public abstract IReadOnlyList<PassagePlace> Search(Guid collection, string query, int most);

    /// <summary>Takes or keeps the turn to embed; false while another process has it.</summary>
    public abstract bool TakeTurn(string holder, TimeSpan lease);

    /// <summary>Gives the turn back, should the holder have it.</summary>
    public abstract void EndTurn(string holder);

    /// <summary>Documents of collections that are there, not all of whose passages have vectors of a space.</summary>
    public abstract List<StoredDocument> NextToEmbed(string space, int most);

    /// <summary>How many passages of a document have vectors of a space: its first ones.</summary>
    public abstract int CountVectors(StoredDocument document, string space);

    /// <summary>How many passages of all collections have vectors of a space.</summary>
    public abstract long CountVectors(string space);

    /// <summary>Deletes the vectors of a document that are of other spaces.</summary>
    public abstract void DropVectors(StoredDocument document, string exceptOf);

    /// <summary>Stores vectors of passages.</summary>
    public abstract void AddVectors(Guid id, StoredDocument document, StoredVectors vectors, string space, byte[] numbers);

    /// <summary>Notes that all passages of a document have vectors of a space.</summary>
    public abstract void EndEmbedding(StoredDocument document, string space);

    /// <summary>Which vectors of a space the passages of a collection have.</summary>
    public abstract IReadOnlyList<VectorPlace> ListVectors(Guid collection, string space);

    /// <summary>Reads vectors; what is not there is left out.</summary>
    public abstract IEnumerable<(Guid Id, VectorBlock Block)> ReadVectors(IReadOnlyCollection<Guid> ids);

    /// <summary>Stores a record, in the place of one of the same id.</summary>
    public abstract void SaveRecord(EvidenceRecord record, string? keyId);

    public abstract RecordRow? FindRecord(Guid id);

    /// <summary>Records, newest first.</summary>
    /// <param name="filter">Which; its limit and cursor have no part in this.</param>
    /// <param name="before">The last one of the page before.</param>
    /// <param name="most">How many at most.</param>
    public abstract List<RecordRow> ListRecords(EvidenceFilter filter, RecordPlace? before, int most);

    /// <summary>Deletes a record; false when it was not there.</summary>
    public abstract bool DeleteRecord(Guid id);

    /// <summary>Deletes the records of runs and says how many there were.</summary>
    public abstract int DeleteRecords(IReadOnlyCollection<Guid> runs);
}
