using System.Diagnostics.Metrics;
using Consensus.Storage.Telemetry;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;

namespace Consensus.Storage.Tests.Telemetry;

public sealed class TelemetryDocumentTests
{
    [Fact]
    public Task ThePageListsExactlyTheInstrumentsWithTheirKindsUnitsAndLabels() => InstrumentPage.CheckAsync(StorageMetrics.Name, async observe =>
    {
        await using var file = new TemporaryLog();
        await file.Log.ProbeAsync(TestContext.Current.CancellationToken);
        await file.FindAsync(Guid.NewGuid());
        using var evidence = new TemporaryEvidence();
        var collection = await evidence.CollectionAsync();
        await evidence.AddAsync(collection, "The grebe dives.");
        await evidence.SearchAsync(collection, "grebe");
        StorageMetrics.Watch(file.Log);
        EvidenceMetrics.Watch(evidence.Store);
        observe();
        EvidenceMetrics.Leave(evidence.Store);
        StorageMetrics.Leave(file.Log);
    });

    [Fact]
    public async Task AWriteIsTimedCountedAndNotPendingAfterwards()
    {
        var measured = new List<(string Instrument, double Value, string? Result)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == StorageMetrics.Name)
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Keep(instrument, value, labels));
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Keep(instrument, value, labels));
        listener.Start();
        await using var file = new TemporaryLog();
        await file.Log.ProbeAsync(TestContext.Current.CancellationToken);
        StorageMetrics.Watch(file.Log);
        listener.RecordObservableInstruments();
        StorageMetrics.Leave(file.Log);

        (string Instrument, double Value, string? Result)[] all;
        lock (measured)
            all = [.. measured];
        Assert.Contains(all, m => m is { Instrument: "consensus.run_log.commit.duration", Value: > 0, Result: "completed" });
        Assert.Contains(all, m => m is { Instrument: "consensus.run_log.commit.writes", Value: >= 1 });
        Assert.Contains(all, m => m is { Instrument: "consensus.run_log.size", Value: > 0 });
        Assert.Contains(all, m => m is { Instrument: "consensus.run_log.disk.free", Value: > 0 });
        Assert.Contains(all, m => m is { Instrument: "consensus.run_log.writes.pending", Value: -1 });

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            lock (measured)
                measured.Add((instrument.Name, value, labels.Length > 0 ? (string?)labels[0].Value : null));
        }
    }
}
