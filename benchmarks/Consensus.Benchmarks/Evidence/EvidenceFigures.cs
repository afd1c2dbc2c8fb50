using System.Diagnostics;

namespace Consensus.Benchmarks.Evidence;

/// <summary>What was measured of a store; times of searches and deletions in milliseconds.</summary>
internal sealed record EvidenceFigures(
    string Store, int Passages, double PassagesPerSecond, TimeSpan Open, TimeSpan FirstSearch, double SearchP50, double SearchP99, double DeleteP50, long DiskBytes,
    long HeapBytes)
{
    private const int Deletions = 50;

    public static async Task<EvidenceFigures> MeasureAsync(IMeasuredStore store, EvidenceCorpus corpus, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-evidence-bench-").FullName;
        try
        {
            await store.OpenAsync(folder);
            var passages = 0;
            var watch = Stopwatch.StartNew();
            foreach (var text in corpus.Documents)
            {
                cancellationToken.ThrowIfCancellationRequested();
                passages += await store.AddAsync(text);
            }

            var rate = passages / watch.Elapsed.TotalSeconds;
            store.Dispose();
            var disk = store.MeasureDisk(folder);
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            var open = await TimeAsync(() => store.OpenAsync(folder));
            var first = await TimeAsync(() => store.SearchAsync(corpus.Queries[0]));
            var searches = await TimesAsync(corpus.Queries, store.SearchAsync);
            heap = GC.GetTotalMemory(forceFullCollection: true) - heap;
            var deletions = await TimesAsync(Enumerable.Range(0, Math.Min(Deletions, corpus.Documents.Count)), store.DeleteAsync);
            store.Dispose();
            return new EvidenceFigures(store.Name, passages, rate, open, first, At(searches, 0.5), At(searches, 0.99), At(deletions, 0.5), disk, heap);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed;
    }

    private static async Task<double[]> TimesAsync<T>(IEnumerable<T> items, Func<T, Task> act)
    {
        var times = new List<double>();
        foreach (var item in items)
        {
            times.Add((await TimeAsync(() => act(item))).TotalMilliseconds);
        }

        return [.. times.Order()];
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(share * sorted.Length) - 1)];
}
