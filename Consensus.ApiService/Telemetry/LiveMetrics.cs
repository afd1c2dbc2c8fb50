using System.Diagnostics.Metrics;

namespace Consensus.ApiService.Telemetry;

/// <summary>What goes on now: runs, callers who follow them, calls that nobody waits for any more.</summary>
internal static class LiveMetrics
{
    private static readonly UpDownCounter<long> Active = ApiTelemetry.Meter.CreateUpDownCounter<long>(
        "consensus.runs.active", "{run}", "Runs going on now.");

    private static readonly UpDownCounter<long> Outliving = ApiTelemetry.Meter.CreateUpDownCounter<long>(
        "consensus.runs.outliving", "{run}", "Runs going on now that end whether their caller stays or not.");

    private static readonly UpDownCounter<long> Streaming = ApiTelemetry.Meter.CreateUpDownCounter<long>(
        "consensus.streams.active", "{stream}", "Streams of events going on now.");

    private static readonly Counter<long> Streams = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.streams", "{stream}", "Streams of events that ended.");

    private static readonly UpDownCounter<long> Stuck = ApiTelemetry.Meter.CreateUpDownCounter<long>(
        "consensus.calls.stuck", "{call}", "Calls of models that were given up and have not ended.");

    /// <summary>Counts a run as going on until the result is disposed.</summary>
    public static Going Run() => new(Active);

    /// <summary>The same, of one that outlives its request.</summary>
    public static Going OutlivingRun() => new(Outliving);

    /// <summary>Counts a stream as going on until the result is disposed.</summary>
    /// <param name="protocol">A word of <see cref="Http.ApiPaths.ProtocolOf"/>.</param>
    public static OpenStream Stream(string protocol) => new(protocol);

    /// <summary>A call was given up, or (-1) has ended after all.</summary>
    public static void GivenUp(int change) => Stuck.Add(change);

    /// <summary>Something that is going on.</summary>
    internal readonly struct Going : IDisposable
    {
        private readonly UpDownCounter<long> _counter;

        public Going(UpDownCounter<long> counter)
        {
            _counter = counter;
            counter.Add(1);
        }

        public void Dispose() => _counter.Add(-1);
    }

    /// <summary>A stream that is going on.</summary>
    internal sealed class OpenStream : IDisposable
    {
        private readonly KeyValuePair<string, object?> _protocol;
        private string _end = "failed";

        public OpenStream(string protocol)
        {
            _protocol = new("protocol", protocol);
            Streaming.Add(1, _protocol);
        }

        /// <summary>Everything was sent.</summary>
        public void Completed() => _end = "completed";

        /// <summary>The caller did not wait for the end.</summary>
        public void CallerGone() => _end = "caller_gone";

        public void Dispose()
        {
            Streaming.Add(-1, _protocol);
            Streams.Add(1, _protocol, new("end", _end));
        }
    }
}
