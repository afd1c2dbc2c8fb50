using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Benchmarks.Evidence;

/// <summary>The evidence store as API processes share it: a database of its own, which is emptied first.</summary>
internal sealed class PostgresMeasured(string connectionString) : IMeasuredStore
{
    private readonly List<Guid> _documents = [];
    private EvidenceStore? _store;
    private Guid? _collection;

    public string Name => "PostgreSQL, tsvector + BM25";

    public async Task OpenAsync(string folder)
    {
        if (_collection is null)
        {
            Run("DROP SCHEMA IF EXISTS evidence CASCADE");
        }
        else
        {
            Run("VACUUM ANALYZE"); // as the server does on its own after a while
        }

        _store = new EvidenceStore(new EvidenceServer(connectionString, NullLogger.Instance), new EvidenceOptions(), TimeProvider.System);
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

    public long MeasureDisk(string folder)
    {
        using var store = new EvidenceStore(new EvidenceServer(connectionString, NullLogger.Instance), new EvidenceOptions(), TimeProvider.System);
        return store.MeasureBytes();
    }

    public void Dispose() => _store?.Dispose();

    private void Run(string sql)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=600");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
