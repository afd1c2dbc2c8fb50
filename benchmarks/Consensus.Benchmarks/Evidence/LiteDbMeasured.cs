using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Benchmarks.Evidence;

/// <summary>The evidence store as the API has it.</summary>
internal sealed class LiteDbMeasured : IMeasuredStore
{
    private readonly List<Guid> _documents = [];
    private EvidenceStore? _store;
    private Guid? _collection;

    public string Name => "LiteDB + Lucene in memory";

    public async Task OpenAsync(string folder)
    {
        _store = new EvidenceStore(Path.Combine(folder, "evidence.db"), new EvidenceOptions(), TimeProvider.System, NullLogger.Instance);
        await _store.OpenAsync(CancellationToken.None);
        _collection ??= (await _store.CreateCollectionAsync(new NewCollection { Name = "Measured" }, null, CancellationToken.None))!.Id;
    }

    public async Task<int> AddAsync(string text)
    {
        var adding = await _store!.AddDocumentAsync(_collection!.Value, new NewDocument(text, "text/plain", null, null, null), static _ => true, CancellationToken.None);
        _documents.Add(adding.Document!.Id);
        return adding.Document.Passages;
    }

    public async Task<int> SearchAsync(string words) => (await _store!.SearchAsync(_collection!.Value, words, 10, CancellationToken.None)).Items.Count;

    public Task DeleteAsync(int document) => _store!.DeleteDocumentAsync(_collection!.Value, _documents[document], CancellationToken.None);

    public void Dispose() => _store?.Dispose();
}
