using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Postgres;
using Consensus.Storage.Evidence.Searching;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Benchmarks.Evidence;

/// <summary>Ways to rank the passages of one collection of a PostgreSQL database; each gives the numbers of texts.</summary>
internal sealed class Rankings : IDisposable
{
    private readonly EvidenceStore _store;
    private readonly NpgsqlDataSource _source;
    private readonly Dictionary<Guid, int> _numbers = [];
    private Guid _collection;
    private long _prefix;

    private Rankings(string connectionString)
    {
        _source = NpgsqlDataSource.Create(connectionString);
        _store = new EvidenceStore(new EvidenceServer(connectionString, NullLogger.Instance), new EvidenceOptions(), TimeProvider.System);
    }

    /// <summary>How many passages there are.</summary>
    public int Passages { get; private set; }

    public IReadOnlyList<(string Name, Func<string, int, Task<IReadOnlyList<int>>> Search)> All =>
    [
        ("BM25, in our code", StoreAsync),
        ("`ts_rank_cd`, our words", (query, most) => ServerAsync("ts_rank_cd(words, q)", "words", Ours(query), most)),
        ("`ts_rank_cd` by length, our words", (query, most) => ServerAsync("ts_rank_cd(words, q, 2)", "words", Ours(query), most)),
        ("`ts_rank` by length, our words", (query, most) => ServerAsync("ts_rank(words, q, 1)", "words", Ours(query), most)),
        ("`ts_rank_cd` by length, configuration `english`", (query, most) => ServerAsync("ts_rank_cd(english, q, 2)", "english", English(query), most)),
    ];

    public static async Task<Rankings> FillAsync(string connectionString, RankingSuite suite, CancellationToken cancellationToken)
    {
        var rankings = new Rankings(connectionString);
        await rankings.FillAsync(suite, cancellationToken);
        return rankings;
    }

    public void Dispose()
    {
        _store.Dispose();
        _source.Dispose();
    }

    private async Task FillAsync(RankingSuite suite, CancellationToken cancellationToken)
    {
        await RunAsync("DROP SCHEMA IF EXISTS evidence CASCADE");
        await _store.OpenAsync(cancellationToken);
        _collection = (await _store.CreateCollectionAsync(new NewCollection { Name = "Ranked" }, null, cancellationToken))!.Id;
        foreach (var (number, text) in suite.Texts.Index())
        {
            var adding = await _store.AddDocumentAsync(_collection, new NewDocument(text.Text, "text/plain", text.Title, null, null), static _ => true, cancellationToken);
            _numbers.TryAdd(adding.Document!.Id, number);
            Passages += adding.Outcome == DocumentAdded.Added ? adding.Document.Passages : 0;
        }

        // What the server would make of the same passages by itself.
        await RunAsync(
            """
            ALTER TABLE evidence.passages ADD COLUMN english tsvector;
            UPDATE evidence.passages p SET english = to_tsvector('english', concat(d.body ->> 'title', E'\n', substr(t.body ->> 'text', p.first_character + 1, (
                SELECT (span ->> 1)::int - (span ->> 0)::int FROM jsonb_array_elements(t.body -> 'passages') AS span WHERE (span ->> 0)::int = p.first_character))))
            FROM evidence.documents d, evidence.texts t WHERE d.id = p.document AND t.document = p.document;
            CREATE INDEX ON evidence.passages USING gin (english)
            """);
        await RunAsync("VACUUM ANALYZE evidence.passages");
        await using var command = _source.CreateCommand("SELECT number FROM evidence.collections");
        _prefix = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<IReadOnlyList<int>> StoreAsync(string query, int most) =>
        [.. (await _store.SearchAsync(_collection, query, most, CancellationToken.None)).Items.Select(hit => _numbers[hit.Passage.DocumentId!.Value])];

    private async Task<IReadOnlyList<int>> ServerAsync(string rank, string column, (string Sql, string Text) query, int most)
    {
        await using var command = _source.CreateCommand(
            $"SELECT document FROM evidence.passages, (SELECT {query.Sql} AS q) asked WHERE {column} @@ q ORDER BY {rank} DESC, document, first_character LIMIT {most}");
        command.Parameters.AddWithValue("query", query.Text);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<int>();
        while (await reader.ReadAsync())
        {
            found.Add(_numbers[reader.GetGuid(0)]);
        }

        return found;
    }

    private (string Sql, string Text) Ours(string query) => ("@query::tsquery", PassageVector.Any(PassageAnalysis.WordsOf(query).Select(word => PassageVector.Lexeme(_prefix, word))));

    private static (string Sql, string Text) English(string query) => ("replace(plainto_tsquery('english', @query)::text, '&', '|')::tsquery", query);

    private async Task RunAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
