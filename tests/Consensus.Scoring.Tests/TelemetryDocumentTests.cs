using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Consensus.Contracts.Scoring;
using Consensus.Scoring.Judging;
using Consensus.Scoring.Telemetry;
using Consensus.Scoring.Tests.Support;
using Consensus.Testing;

namespace Consensus.Scoring.Tests;

public sealed class TelemetryDocumentTests
{
    [Fact]
    public void ThePageListsExactlyTheInstrumentsWithTheirUnitsAndLabels()
    {
        var labels = new ConcurrentDictionary<Instrument, SortedSet<string>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ScoringTelemetry.Name)
            {
                labels.TryAdd(instrument, new SortedSet<string>(StringComparer.Ordinal));
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.Start();
        ScoringMetrics.Ended(JobEnd.Done);
        ScoringMetrics.Judged(TimeSpan.FromSeconds(1), [Scores.Without(UnscoredReason.Timeout)]);
        ScoringMetrics.Begin().Dispose();

        var measured = labels.Select(i => $"{i.Key.Name} | {i.Key.Unit} | {string.Join(", ", i.Value.DefaultIfEmpty("none"))}").Order(StringComparer.Ordinal);
        var section = Repository.Read("docs/telemetry.md").Split($"## {ScoringTelemetry.Name}\n")[1].Split("\n## ")[0];
        var documented = section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} | {cells[3]} | {cells[4]}").Order(StringComparer.Ordinal);
        Assert.Equal(measured, documented);

        void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (labels)
            {
                foreach (var tag in tags)
                {
                    labels[instrument].Add(tag.Key);
                }
            }
        }
    }
}
