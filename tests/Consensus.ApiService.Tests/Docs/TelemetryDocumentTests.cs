using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Docs;

public sealed class TelemetryDocumentTests
{
    [Fact]
    public void ThePageListsExactlyTheInstrumentsWithTheirUnitsAndLabels()
    {
        var labels = new ConcurrentDictionary<Instrument, SortedSet<string>>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ApiTelemetry.Name)
            {
                labels.TryAdd(instrument, new SortedSet<string>(StringComparer.Ordinal));
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.Start();
        RunMetrics.Record(Everything(), TimeSpan.FromMilliseconds(1));
        RunMetrics.RecordError(ErrorCatalog.NotFound);
        RunMetrics.Begin().Dispose();
        DispatchMetrics.Sent(1, 1);
        DispatchMetrics.Drained(1);
        DispatchMetrics.Ended(JudgeJobState.Done, 1);
        DispatchMetrics.Stands(new JudgeJobCounts(1, 1, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        ScoringConfigMetrics.Record("file", ScoringConfigResult.Refused);

        var measured = labels.Select(i => $"{i.Key.Name} | {i.Key.Unit} | {string.Join(", ", i.Value.DefaultIfEmpty("none"))}").Order(StringComparer.Ordinal);
        var section = Repository.Read("docs/telemetry.md").Split($"## {ApiTelemetry.Name}")[1].Split("\n## ")[0];
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

    /// <summary>A run that leaves a trace on every instrument.</summary>
    private static ConsensusResponse Everything() => new()
    {
        RunId = Guid.NewGuid(),
        Status = RunStatus.Completed,
        Strategy = "majority",
        Outcome = Outcome.Consensus,
        Agreement = 1,
        Confidence = new ConfidenceBody(0.9, null, null, "m"),
        Usage = new UsageBody(1, 1, 1),
        Steps = [new StepBody { Name = "vote", Status = StepStatus.Completed }],
        Timings = new TimingsBody(1, 1, 1),
        Calls = new CallsBody(1, 2, true),
        Candidates = [new CandidateBody { Id = 0, Model = "m", Status = CandidateStatus.Answered }],
    };
}
