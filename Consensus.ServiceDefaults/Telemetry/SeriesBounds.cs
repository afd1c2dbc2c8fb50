using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Consensus.ServiceDefaults.Telemetry;

/// <summary>
/// How many series an instrument may have. Label values come from closed lists already; should one ever not, what is beyond the bound is counted together under
/// <c>otel_metric_overflow</c> and the process does not grow with what callers make up.
/// </summary>
internal static class SeriesBounds
{
    /// <summary>The most of an instrument of ours: a thousand of what a large catalogue of models makes, and twice that.</summary>
    public const int Own = 2_000;

    /// <summary>The most of any other instrument: every route with every status that it answers with.</summary>
    public const int Framework = 1_000;

    /// <summary>
    /// Connections of HTTP clients by everything but the address that the name of the server had at the time: a large provider has any number of those.
    /// </summary>
    private static readonly string[] ConnectionLabels =
        ["http.connection.state", "http.request.method", "network.protocol.version", "server.address", "server.port", "url.scheme"];

    public static MetricStreamConfiguration Of(Instrument instrument) => instrument.Meter.Name switch
    {
        _ when instrument.Name is "http.client.open_connections" or "http.client.connection.duration" =>
            new MetricStreamConfiguration { CardinalityLimit = Framework, TagKeys = ConnectionLabels },
        var meter when meter.StartsWith("Consensus.", StringComparison.Ordinal) => new MetricStreamConfiguration { CardinalityLimit = Own },
        _ => new MetricStreamConfiguration { CardinalityLimit = Framework },
    };
}
