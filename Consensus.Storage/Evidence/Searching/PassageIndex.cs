using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Consensus.Storage.Evidence.Searching;

/// <summary>
/// An index of passages, ranked by BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; k₁ = 1.2, b = 0.75, as Lucene
/// has it). It holds words and places, no texts. Equal scores stand in the order of documents and places. Safe for use by several threads.
/// </summary>
internal sealed class PassageIndex : IDisposable
{
    private const string DocumentField = "document";
    private const string StartField = "start";

    private static readonly BM25Similarity Similarity = new(Bm25.Saturation, Bm25.Length);
    private static readonly FieldType Words = Frozen(new FieldType { IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS });
    private static readonly Sort ByScoreThenPlace = new(
        SortField.FIELD_SCORE, new SortField(DocumentField, SortFieldType.STRING), new SortField(StartField, SortFieldType.INT32));

    private readonly System.Threading.Lock _gate = new();
    private readonly HashSet<string> _documents = new(StringComparer.Ordinal);
    private readonly Lucene.Net.Store.Directory _directory;
    private readonly IndexWriter _writer;
    private DirectoryReader? _reader;
    private bool _hasChanged = true;
    private bool _isClosed;

    public PassageIndex(Lucene.Net.Store.Directory? directory = null)
    {
        _directory = directory ?? new RAMDirectory();
        _writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, PassageAnalysis.Analyzer)
        {
            Similarity = PassageIndex.Similarity,
            OpenMode = OpenMode.CREATE,
            RAMBufferSizeMB = 8,
            MergeScheduler = new SerialMergeScheduler(), // no threads of its own
        });
    }

    /// <summary>How many passages it holds.</summary>
    public int Passages { get; private set; }

    /// <summary>Adds a document's passages. One that is there stays as it is.</summary>
    /// <param name="document">By what the document is known; its order decides between equals.</param>
    /// <param name="title">Found like the text of each passage.</param>
    /// <param name="passages">Where each passage begins, and what it says.</param>
    public void Add(string document, string? title, IEnumerable<(int Start, string Text)> passages)
    {
        lock (_gate)
        {
            if (_isClosed || !_documents.Add(document))
            {
                return;
            }

            var entries = passages.Select(passage => Entry(document, title, passage.Start, passage.Text)).ToList();
            _writer.AddDocuments(entries);
            Passages += entries.Count;
            _hasChanged = true;
        }
    }

    /// <summary>Takes a document's passages away, with every trace of their words.</summary>
    public void Remove(string document)
    {
        lock (_gate)
        {
            if (!_isClosed && _documents.Remove(document))
            {
                _writer.DeleteDocuments(new Term(DocumentField, document));
                _writer.ForceMergeDeletes(); // what is only marked as deleted still counts in the weights of words
                Passages = _writer.NumDocs;
                _hasChanged = true;
            }
        }
    }

    /// <summary>The places that have words of a query, the most relevant first.</summary>
    /// <param name="query">Words, in any script.</param>
    /// <param name="most">How many at most.</param>
    /// <returns><c>null</c> when the index is closed.</returns>
    public IReadOnlyList<PassagePlace>? Search(string query, int most)
    {
        var words = PassageAnalysis.WordsOf(query);
        if (most < 1 || words.Count == 0)
        {
            return [];
        }

        var any = new BooleanQuery(disableCoord: true);
        foreach (var word in words)
        {
            any.Add(new TermQuery(new Term(PassageAnalysis.Field, word)), Occur.SHOULD);
        }

        if (Current() is not { } reader)
        {
            return null;
        }

        try
        {
            var searcher = new IndexSearcher(reader) { Similarity = PassageIndex.Similarity };
            var found = searcher.Search(any, null, most, ByScoreThenPlace, doDocScores: true, doMaxScore: false);
            return
            [
                .. found.ScoreDocs.Cast<FieldDoc>().Select(static hit => new PassagePlace(
                    ((BytesRef)hit.Fields[1]).Utf8ToString(), Convert.ToInt32(hit.Fields[2], System.Globalization.CultureInfo.InvariantCulture), hit.Score)),
            ];
        }
        finally
        {
            reader.DecRef();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _reader?.Dispose();
            _writer.Dispose();
            _directory.Dispose();
        }
    }

    /// <summary>The index as it is now, to be given back.</summary>
    private DirectoryReader? Current()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return null;
            }

            if (_hasChanged || _reader is null)
            {
                var fresh = _reader is null ? DirectoryReader.Open(_writer, applyAllDeletes: true) : DirectoryReader.OpenIfChanged(_reader, _writer, applyAllDeletes: true);
                if (fresh is not null)
                {
                    _reader?.Dispose();
                    _reader = fresh;
                }

                _hasChanged = false;
            }

            _reader!.IncRef();
            return _reader;
        }
    }

    private static Document Entry(string document, string? title, int start, string text) =>
    [
        new Field(PassageAnalysis.Field, PassageSearch.Searched(title, text), Words),
        new StringField(DocumentField, document, Field.Store.NO),
        new SortedDocValuesField(DocumentField, new BytesRef(document)),
        new NumericDocValuesField(StartField, start),
    ];

    private static FieldType Frozen(FieldType type)
    {
        type.Freeze();
        return type;
    }
}

/// <summary>A passage that was found, by its document and where it begins there.</summary>
internal readonly record struct PassagePlace(string Document, int Start, double Score);
