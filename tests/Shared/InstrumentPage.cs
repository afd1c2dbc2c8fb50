using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Consensus.Testing;

/// <summary>Holds a section of <c>docs/telemetry.md</c> to the instruments of its meter.</summary>
internal static class InstrumentPage
{
    public const string Path = "docs/telemetry.md";

    /// <summary>Fails unless the section named like the meter lists exactly its instruments with their kinds, units and labels.</summary>
    /// <param name="meter">The meter, and the heading.</param>
    /// <param name="leaveATrace">Uses every instrument with every label.</param>
    public static void Check(string meter, Action leaveATrace)
    {
        using var seen = new SeenInstruments(meter);
        leaveATrace();
        seen.Observe();
        Assert.Equal(seen.Rows(), Rows(meter));
    }

    /// <summary>The same, of a meter whose instruments are gone with the host that has them.</summary>
    /// <param name="meter">The meter, and the heading.</param>
    /// <param name="leaveATrace">Uses every instrument with every label, and calls what it is given while those that are observed are there.</param>
    public static async Task CheckAsync(string meter, Func<Action, Task> leaveATrace)
    {
        using var seen = new SeenInstruments(meter);
        await leaveATrace(seen.Observe);
        Assert.Equal(seen.Rows(), Rows(meter));
    }

    /// <summary>The rows of a section: name, kind, unit and labels.</summary>
    public static IEnumerable<string> Rows(string heading) =>
        Cells(heading).Select(cells => string.Join(" | ", cells[1..5])).Order(StringComparer.Ordinal);

    /// <summary>The cells of the rows of a section; the first of each is empty.</summary>
    public static IEnumerable<string[]> Cells(string heading) => Repository.Read(Path)
        .Split($"## {heading}\n")[1].Split("\n## ")[0].Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries));

    /// <summary>What the instruments of a meter are, and by which labels they measured.</summary>
    private sealed class SeenInstruments : IDisposable
    {
        private readonly ConcurrentDictionary<string, (Instrument Instrument, SortedSet<string> Labels)> _seen = new(StringComparer.Ordinal);
        private readonly MeterListener _listener = new();

        public SeenInstruments(string meter)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == meter)
                {
                    _seen.TryAdd(instrument.Name, (instrument, new SortedSet<string>(StringComparer.Ordinal)));
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, _, labels, _) => Keep(instrument, labels));
            _listener.SetMeasurementEventCallback<int>((instrument, _, labels, _) => Keep(instrument, labels));
            _listener.SetMeasurementEventCallback<double>((instrument, _, labels, _) => Keep(instrument, labels));
            _listener.Start();
        }

        public void Observe() => _listener.RecordObservableInstruments();

        public IEnumerable<string> Rows()
        {
            lock (_seen)
            {
                return [.. _seen.Values
                    .Select(seen => $"{seen.Instrument.Name} | {KindOf(seen.Instrument)} | {seen.Instrument.Unit ?? "none"} | {string.Join(", ", seen.Labels.DefaultIfEmpty("none"))}")
                    .Order(StringComparer.Ordinal)];
            }
        }

        public void Dispose() => _listener.Dispose();

        private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
        {
            "Counter" or "ObservableCounter" => "counter",
            "UpDownCounter" or "ObservableUpDownCounter" => "up-down counter",
            "Gauge" or "ObservableGauge" => "gauge",
            "Histogram" => "histogram",
            var other => other,
        };

        private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            lock (_seen)
            {
                foreach (var label in labels)
                {
                    _seen[instrument.Name].Labels.Add(label.Key);
                }
            }
        }
    }
}
