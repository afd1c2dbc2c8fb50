using System.Diagnostics.Tracing;
using System.Globalization;
using Consensus.Testing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Consensus.SystemTests.Fuzz;

/// <summary>How much memory of a service is alive: what is left after collections that the runtime is asked for.</summary>
/// <param name="http">The service, which tells of its heap itself.</param>
/// <param name="processId">Its process.</param>
internal sealed class HeapGauge(HttpClient http, int processId)
{
    /// <summary>What has a finalizer is gone after the second.</summary>
    private const int Collections = 2;

    /// <summary>Collects everything when a session of events begins (the runtime's keyword GCHeapCollect).</summary>
    private static readonly EventPipeProvider Collecting = new("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, 0x800000);

    /// <summary>The size of the heap after full collections, in megabytes.</summary>
    public async Task<double> LiveMegabytesAsync()
    {
        for (var i = 0; i < Collections; i++)
        {
            var before = await SumAsync("dotnet_gc_collections_total", "gen2");
            using var session = new DiagnosticsClient(processId).StartEventPipeSession(Collecting, requestRundown: false);
            var events = session.EventStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
            await Eventually.HoldsAsync(async () => await SumAsync("dotnet_gc_collections_total", "gen2") > before, "a full collection");
            await session.StopAsync(TestContext.Current.CancellationToken);
            await events;
        }

        return await SumAsync("dotnet_gc_last_collection_heap_size_bytes", "") / 1_048_576;
    }

    private async Task<double> SumAsync(string metric, string label)
    {
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        return lines.Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));
    }
}
