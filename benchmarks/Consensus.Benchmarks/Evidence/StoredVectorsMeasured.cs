using System.Diagnostics;
using System.Globalization;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Vectors;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Benchmarks.Evidence;

/// <summary>What vectors take on the disk, and how long searches take by them: made-up documents, and vectors by chance.</summary>
internal static class StoredVectorsMeasured
{
    private static readonly EmbeddingSpace Space = new("measured/model");

    public static async Task<string> FileAsync(int passages, int dimensions)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-vectors-");
        try
        {
            EvidenceStore Open() => EvidenceStore.OfFile(Path.Combine(folder.FullName, "evidence.db"), TimeProvider.System, NullLogger.Instance);
            return await MeasureAsync("LiteDB", Open, static () => { }, passages, dimensions);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static Task<string> ServerAsync(string connectionString, int passages, int dimensions)
    {
        Run("DROP SCHEMA IF EXISTS evidence CASCADE");
        return MeasureAsync(
            "PostgreSQL", () => EvidenceStore.OfServer(connectionString, TimeProvider.System, NullLogger.Instance), () => Run("VACUUM (FULL, ANALYZE)"), passages, dimensions);

        void Run(string sql)
        {
            using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=600");
            connection.Open();
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    /// <param name="name">The store.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="settle">Lets it come to rest before its size is taken.</param>
    /// <param name="passages">About how many passages.</param>
    /// <param name="dimensions">How many numbers a vector has.</param>
    private static async Task<string> MeasureAsync(string name, Func<EvidenceStore> open, Action settle, int passages, int dimensions)
    {
        var (corpus, random) = (new EvidenceCorpus(3, passages, 60), new Random(3));
        Guid collection;
        var count = 0;
        double embedding;
        using (var store = open())
        {
            collection = (await store.CreateCollectionAsync(new NewCollection { Name = "Measured" }, null, CancellationToken.None))!.Id;
            foreach (var document in corpus.Documents)
            {
                await store.AddDocumentAsync(collection, new NewDocument(document, "text/plain", null, null, null), static _ => true, CancellationToken.None);
            }

        }

        var before = await SizeAsync();
        using (var store = open())
        {
            var began = Stopwatch.GetTimestamp();
            while ((await store.TakeEmbeddingTurnAsync(Space, 32, "measured", TimeSpan.FromMinutes(5), CancellationToken.None)).Tasks is [_, ..] tasks)
            {
                count += await store.SaveVectorsAsync(
                    tasks, Space, [.. tasks.SelectMany(static task => task.Texts).Select(_ => (ReadOnlyMemory<float>)Vector())], CancellationToken.None);
            }

            embedding = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        var after = await SizeAsync();
        using var opened = open();
        await opened.SearchAsync(collection, corpus.Queries[0], 10, CancellationToken.None); // the index of words is there
        var times = new List<double>();
        foreach (var query in corpus.Queries)
        {
            var began = Stopwatch.GetTimestamp();
            await opened.SearchAsync(collection, query, 10, new QueryVector(Space, Vector(), 0), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var (first, rest) = (times[0], times.Skip(1).Order().ToList());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {count:N0} | {dimensions:N0} | {(after - before) / (double)count:0} | {count / embedding:N0} | {first:N0} | {rest[rest.Count / 2]:0.0} | {rest[^1]:0.0} |");

        // Anew: what waited to be moved into the file is in it.
        async Task<long> SizeAsync()
        {
            using var store = open();
            await store.OpenAsync(CancellationToken.None);
            settle();
            return store.MeasureBytes();
        }

        float[] Vector() => [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
