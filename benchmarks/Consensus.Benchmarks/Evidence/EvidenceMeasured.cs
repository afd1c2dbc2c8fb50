using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;

namespace Consensus.Benchmarks.Evidence;

/// <summary>The evidence store of the product, wherever it lies.</summary>
internal abstract class EvidenceMeasured : IMeasuredStore
{
    private readonly List<Guid> _documents = [];
    private EvidenceStore? _store;
    private Guid? _collection;

    public abstract string Name { get; }

    /// <summary>Whether it has been opened before.</summary>
    protected bool IsMade => _collection is not null;

    public async Task OpenAsync(string folder)
    {
        _store = Store(folder);
        await _store.OpenAsync(CancellationToken.None);
        _collection ??= (await _store.CreateCollectionAsync(new NewCollection { Name = "Measured" }, null, CancellationToken.None))!.Id;
    }

    public async Task<int> AddAsync(string text)
    {
        var document = new NewDocument(text, "text/plain", null, null, null);
        var adding = await _store!.AddDocumentAsync(_collection!.Value, document, static _ => true, CancellationToken.None);
        _documents.Add(adding.Document!.Id);
        return adding.Document.Passages;
    }

    public async Task<int> SearchAsync(string words) => (await _store!.SearchAsync(_collection!.Value, words, 10, CancellationToken.None)).Items.Count;

    public Task DeleteAsync(int document) => _store!.DeleteDocumentAsync(_collection!.Value, _documents[document], CancellationToken.None);

    public virtual long MeasureDisk(string folder) => IMeasuredStore.BytesIn(folder);

    public void Dispose() => _store?.Dispose();

    /// <summary>The store in a folder, to be opened.</summary>
    protected abstract EvidenceStore Store(string folder);
}
