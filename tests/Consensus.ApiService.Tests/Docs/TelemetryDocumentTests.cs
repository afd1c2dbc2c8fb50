using Consensus.ApiService.Documents;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Runs.Starting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Retention;
using Consensus.Storage.Scoring;
using Consensus.Testing;
using Microsoft.AspNetCore.Http;

namespace Consensus.ApiService.Tests.Docs;

public sealed class TelemetryDocumentTests
{
    [Fact]
    public void ThePageListsExactlyTheInstrumentsWithTheirKindsUnitsAndLabels() => InstrumentPage.Check(ApiTelemetry.Name, () =>
    {
        RunMetrics.Record(Everything(), TimeSpan.FromMilliseconds(1));
        RunMetrics.NotStored();
        RunMetrics.FoundInterrupted(1);
        ErrorMetrics.Record(ErrorCatalog.NotFound, new DefaultHttpContext());
        StartMetrics.Record(new RunStart(Refused: new Problem(ErrorCatalog.NotFound)), RunKind.Consensus, ApiPaths.OwnProtocol);
        LiveMetrics.Run().Dispose();
        LiveMetrics.OutlivingRun().Dispose();
        LiveMetrics.Stream(ApiPaths.OwnProtocol).Dispose();
        LiveMetrics.GivenUp(0);
        AccessMetrics.Refused(AccessFailure.UnknownKey);
        McpMetrics.Called(McpMetrics.NoTool, "unknown_tool");
        DispatchMetrics.Sent(1, 1);
        DispatchMetrics.Drained(1);
        DispatchMetrics.Ended(JudgeJobState.Done, 1);
        DispatchMetrics.Stands(new JudgeJobCounts(1, 1, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        RetentionMetrics.Purged(RetainedTable.Runs, PurgeReason.Age, 1);
        RetentionMetrics.Ended(PurgeSource.Schedule, completed: true, DateTimeOffset.UnixEpoch);
        RetentionMetrics.Stands(new RetentionSurvey([new TableRetention(RetainedTable.Runs, 1, null, 1, null, 1, 0, 1)], 1, 1, true));
        ArchiveMetrics.Completed(1, (1, 1));
        BackupMetrics.Completed(DateTimeOffset.UnixEpoch, 1);
        ExportMetrics.Completed(Export(), DateTimeOffset.UnixEpoch);
        AnswerCacheMetrics.Redis("get", RedisOutcome.Hit);
        ScoringConfigMetrics.Record("file", DocumentResult.Refused);
        PolicyMetrics.Record("file", DocumentResult.Refused);
        PolicyMetrics.Record(GateName.PanelSize, GateMode.Shadow, isFound: true);
        EvidenceMetrics.Concluded(Evidence());
        EvidenceMetrics.NotStored();
        EmbeddingMetrics.Embedded(1);
        EmbeddingMetrics.Refused();
        EmbeddingMetrics.Failed(FailureReason.Timeout);
        EmbeddingMetrics.Queried(null);
        AdmissionMetrics.Refused("key");
        AdmissionMetrics.Bypassed();
    });

    private static ExportManifest Export() => new(
        1, Guid.Empty, DateTimeOffset.UnixEpoch, "ndjson.zst", "", "", null, null, null, null, new Dictionary<string, long> { ["runs"] = 1 }, "", [new ManifestFile("", 1, "")]);

    private static EvidenceRecord Evidence() => new()
    {
        EvidenceId = Guid.NewGuid(),
        SchemaVersion = 2,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Abstained = false,
        Claims = [new EvidenceClaim { Id = 0, Text = "x", Start = 0, End = 1, Checkable = true, Label = EvidenceLabel.Supported }],
        Figures = new EvidenceFigures { Claims = 1, Supported = 1, Contradicted = 0, NotEnough = 0, HallucinationRate = 0 },
        Method = new EvidenceMethod(EvidenceMatching.Lexical, "words@1", null, null, null, "bm25", UnsupportedClaims.Mark),
    };

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
