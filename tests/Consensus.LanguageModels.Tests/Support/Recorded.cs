using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.LanguageModels.Tests.Support;

/// <summary>All spans of this process and all measurements of one host, while it lives.</summary>
internal sealed class Recorded : IDisposable
{
    private readonly ActivityListener _spans;
    private readonly MeterListener _meters = new();
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ConcurrentQueue<Measured> _measured = new();

    public Recorded(ModelHost host)
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(_spans);
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>(Add);
        _meters.SetMeasurementEventCallback<long>((i, v, tags, s) => Add(i, v, tags, s));
        _meters.SetMeasurementEventCallback<int>((i, v, tags, s) => Add(i, v, tags, s));
        _meters.Start();
    }

    /// <summary>The spans of one model; other tests run beside this one.</summary>
    public IReadOnlyList<Activity> SpansOf(string model) => [.. _stopped.Where(a => (string?)a.GetTagItem("gen_ai.request.model") == model)];

    public IReadOnlyList<Measured> Of(string instrument) => [.. _measured.Where(m => m.Instrument == instrument)];

    public void Observe() => _meters.RecordObservableInstruments();

    /// <summary>Every span and measurement in full, as text.</summary>
    public string Text => string.Join('\n', [.. _stopped.Select(Describe), MeasuredText]);

    /// <summary>Every measurement in full, as text.</summary>
    public string MeasuredText => string.Join('\n', _measured);

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
    }

    private static string Describe(Activity span) =>
        $"{span.DisplayName} {span.Status} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)} {string.Join(' ', span.Events.SelectMany(e => e.Tags))}";

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _measured.Enqueue(new Measured(instrument.Name, value, new SortedDictionary<string, object?>(tags.ToArray().ToDictionary(t => t.Key, t => t.Value), StringComparer.Ordinal)));
}

internal sealed record Measured(string Instrument, double Value, SortedDictionary<string, object?> Labels)
{
    public override string ToString() => $"{Instrument} {Value} {string.Join(' ', Labels)}";
}
