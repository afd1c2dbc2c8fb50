using System.Globalization;

namespace Consensus.SystemTests.Fuzz;

/// <summary>How much memory of a service is alive, as it tells itself.</summary>
internal sealed class HeapGauge(HttpClient http)
{
    private const int Samples = 40;

    /// <summary>
    /// The least that its heap had after the last collections, in megabytes: what is alive, since a collection only ever leaves more. Each look at it is a request,
    /// and so brings the next collection nearer.
    /// </summary>
    public async Task<double> LiveMegabytesAsync()
    {
        var least = double.MaxValue;
        for (var i = 0; i < Samples; i++)
        {
            least = Math.Min(least, await HeapAsync());
        }

        return least / 1_048_576;
    }

    private async Task<double> HeapAsync()
    {
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Where(line => line.StartsWith("dotnet_gc_last_collection_heap_size_bytes{", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        return lines.Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture));
    }
}
