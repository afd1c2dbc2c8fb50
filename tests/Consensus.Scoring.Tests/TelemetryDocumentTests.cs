using Consensus.Contracts.Scoring;
using Consensus.Scoring.Judging;
using Consensus.Scoring.Telemetry;
using Consensus.Scoring.Tests.Support;
using Consensus.Testing;

namespace Consensus.Scoring.Tests;

public sealed class TelemetryDocumentTests
{
    [Fact]
    public void ThePageListsExactlyTheInstrumentsWithTheirKindsUnitsAndLabels() => InstrumentPage.Check(ScoringTelemetry.Name, () =>
    {
        ScoringMetrics.Ended(JobEnd.Done);
        ScoringMetrics.Judged(TimeSpan.FromSeconds(1), [Scores.Without(UnscoredReason.Timeout)]);
        ScoringMetrics.Begin().Dispose();
    });
}
