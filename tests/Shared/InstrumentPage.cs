using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Consensus.Testing;

/// <summary>Holds a section of <c>docs/telemetry.md</c> to the instruments of its meter.</summary>
internal static class InstrumentPage
{
    /// <summary>Fails unless the section named like the meter lists exactly its instruments with their units and labels.</summary>
    /// <param name="meter">The meter, and the heading.</param>
    /// <param name="leaveATrace">Uses every instrument with every label.</param>
    public static void Check(string meter, Action leaveATrace)
    {
        var labels = new ConcurrentDictionary<Instrument, SortedSet<string>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == meter)
            {
                labels.TryAdd(instrument, new SortedSet<string>(StringComparer.Ordinal));
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.Start();
        leaveATrace();

        var measured = labels.Select(i => $"{i.Key.Name} | {i.Key.Unit} | {string.Join(", ", i.Value.DefaultIfEmpty("none"))}").Order(StringComparer.Ordinal);
        var section = Repository.Read("docs/telemetry.md").Split($"## {meter}\n")[1].Split("\n## ")[0];
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
