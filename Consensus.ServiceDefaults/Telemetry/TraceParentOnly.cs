using System.Diagnostics;

namespace Consensus.ServiceDefaults.Telemetry;

/// <summary>
/// Takes of a caller's trace context the ids alone, and hands on no more. <c>tracestate</c> and <c>baggage</c> are free text: taken over, whatever a caller writes there would stand in
/// spans and go out again with every request made on its behalf.
/// </summary>
internal sealed class TraceParentOnly : DistributedContextPropagator
{
    private const string TraceParent = "traceparent";

    private readonly DistributedContextPropagator _w3c = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields { get; } = [TraceParent];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (setter is not null)
        {
            _w3c.Inject(activity, carrier, (held, name, value) =>
            {
                if (name == TraceParent)
                {
                    setter(held, name, value);
                }
            });
        }
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        _w3c.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
