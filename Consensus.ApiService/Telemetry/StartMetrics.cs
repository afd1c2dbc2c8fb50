using System.Diagnostics.Metrics;
using Consensus.ApiService.Runs.Starting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Telemetry;

/// <summary>Counts what comes of asking for runs, whatever the protocol.</summary>
internal static class StartMetrics
{
    private static readonly Counter<long> Requests = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.run.requests", "{request}", "Valid requests for a run, by what came of them.");

    /// <param name="start">What came of it.</param>
    /// <param name="kind">Whether models were to be asked.</param>
    /// <param name="protocol">A word of <see cref="Http.ApiPaths.ProtocolOf"/>.</param>
    /// <returns>The same.</returns>
    public static RunStart Record(RunStart start, RunKind kind, string protocol)
    {
        Requests.Add(1, new("kind", WireName.Of(kind)), new("protocol", protocol), new("result", ResultOf(start)));
        return start;
    }

    private static string ResultOf(RunStart start) => start switch
    {
        { Refused: not null } => "refused",
        { IsReplay: true } => "replayed",
        { Going: not null } => "going",
        _ => "begun",
    };
}
