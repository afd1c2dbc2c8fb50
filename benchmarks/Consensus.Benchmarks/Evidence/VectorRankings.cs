using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Benchmarks.Evidence;

/// <summary>Ways to rank the passages of one collection by words and by vectors; each gives the numbers of texts.</summary>
internal sealed class VectorRankings : IDisposable
{
    private static readonly EmbeddingSpace Space = new("measured/model");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-vectors-");
    private readonly EvidenceStore _store;
    private readonly EmbeddingEndpoint _model;
    private readonly double _minSimilarity;
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly List<(int Number, float[] Vector)> _vectors = [];
    private Guid _collection;

    private VectorRankings(EmbeddingEndpoint model, double minSimilarity)
    {
        (_model, _minSimilarity) = (model, minSimilarity);
        _store = EvidenceStore.OfFile(Path.Combine(_folder.FullName, "evidence.db"), TimeProvider.System, NullLogger.Instance);
    }

    /// <summary>How many passages there are.</summary>
    public int Passages => _vectors.Count;

    public IReadOnlyList<(string Name, Func<string, int, Task<IReadOnlyList<int>>> Search)> All =>
    [
        ("BM25", async (query, most) => Numbers(await _store.SearchAsync(_collection, query, most, CancellationToken.None))),
        ("vectors of 32-bit numbers", async (query, most) => Exact((await _model.EmbedAsync([query]))[0], most)),
        ("vectors of bytes", async (query, most) => Packed((await _model.EmbedAsync([query]))[0], most)),
        ("BM25 and vectors, fused", async (query, most) => Numbers(await _store.SearchAsync(
            _collection, query, most, new QueryVector(Space, (await _model.EmbedAsync([query]))[0], _minSimilarity), CancellationToken.None))),
    ];

    public static async Task<VectorRankings> FillAsync(EmbeddingEndpoint model, double minSimilarity, RankingSuite suite, CancellationToken cancellationToken)
    {
        var rankings = new VectorRankings(model, minSimilarity);
        await rankings.FillAsync(suite, cancellationToken);
        await model.EmbedAsync([.. suite.Queries.Select(static query => query.Text)]); // not a part of what is timed
        return rankings;
    }

    /// <summary>The cosines of queries with the texts that they were written from (the best of each), and with all others.</summary>
    public async Task<(List<double> Right, List<double> Others)> CosinesAsync(RankingSuite suite)
    {
        var (right, others) = (new List<double>(), new List<double>());
        foreach (var query in suite.Queries)
        {
            var vector = (await _model.EmbedAsync([query.Text]))[0];
            var cosines = _vectors.Select(one => (IsRight: query.Passages.Contains(one.Number), Cosine: Cosine(vector, one.Vector))).ToList();
            right.Add(cosines.Where(static one => one.IsRight).Max(static one => one.Cosine));
            others.AddRange(cosines.Where(static one => !one.IsRight).Select(static one => one.Cosine));
        }

        return ([.. right.Order()], [.. others.Order()]);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task FillAsync(RankingSuite suite, CancellationToken cancellationToken)
    {
        _collection = (await _store.CreateCollectionAsync(new NewCollection { Name = "Ranked" }, null, cancellationToken))!.Id;
        foreach (var (number, text) in suite.Texts.Index())
        {
            var adding = await _store.AddDocumentAsync(_collection, new NewDocument(text.Text, "text/plain", text.Title, null, null), static _ => true, cancellationToken);
            _numbers.TryAdd(adding.Document!.Id, number);
        }

        while ((await _store.TakeEmbeddingTurnAsync(Space, 32, "measured", TimeSpan.FromMinutes(5), cancellationToken)).Tasks is [_, ..] tasks)
        {
            var vectors = await _model.EmbedAsync([.. tasks.SelectMany(static task => task.Texts)]);
            _vectors.AddRange(tasks.SelectMany(task => task.Texts.Select(_ => _numbers[task.Document])).Zip(vectors));
            await _store.SaveVectorsAsync(tasks, Space, [.. vectors.Select(static vector => (ReadOnlyMemory<float>)vector)], cancellationToken);
        }
    }

    private List<int> Numbers(PassageHits hits) => [.. hits.Items.Select(hit => _numbers[hit.Passage.DocumentId!.Value])];

    private List<int> Exact(float[] query, int most) =>
        [.. _vectors.Select(one => (one.Number, Cosine: Cosine(query, one.Vector))).OrderByDescending(static one => one.Cosine).Take(most).Select(static one => one.Number)];

    private List<int> Packed(float[] query, int most)
    {
        var packed = Bytes(query);
        return [.. _vectors.Select(one => (one.Number, Vector: Bytes(one.Vector))).Select(one => (one.Number, Cosine: PackedVector.Cosine(
                PackedVector.Dot(packed, one.Vector), PackedVector.Dot(packed, packed), PackedVector.Dot(one.Vector, one.Vector))))
            .OrderByDescending(static one => one.Cosine).Take(most).Select(static one => one.Number)];
    }

    private static sbyte[] Bytes(float[] vector)
    {
        var packed = new sbyte[vector.Length];
        PackedVector.Pack(vector, packed);
        return packed;
    }

    private static double Cosine(float[] one, float[] other) => Product(one, other) / Math.Sqrt(Product(one, one) * Product(other, other));

    private static double Product(float[] one, float[] other) => one.Zip(other).Sum(static pair => (double)pair.First * pair.Second);
}
