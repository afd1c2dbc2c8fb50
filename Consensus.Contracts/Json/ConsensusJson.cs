using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Keys;
using Consensus.Contracts.Models;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Retention;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Contracts.Suites;

namespace Consensus.Contracts.Json;

/// <summary>Source-generated JSON of everything on the wire: camelCase, enums in snake_case, absent members of a response written as <c>null</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ConsensusRequest))]
[JsonSerializable(typeof(AggregateRequest))]
[JsonSerializable(typeof(ConsensusResponse))]
[JsonSerializable(typeof(StoredRequest))]
[JsonSerializable(typeof(LabelRequest))]
[JsonSerializable(typeof(LabelBody))]
[JsonSerializable(typeof(Page<RunSummary>))]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(ClustersSoFar))]
[JsonSerializable(typeof(CandidateBody))]
[JsonSerializable(typeof(StepBody))]
[JsonSerializable(typeof(IReadOnlyList<StepBody>))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(StrategyList))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(SuiteItem))]
[JsonSerializable(typeof(ClaimsItem))]
[JsonSerializable(typeof(ClaimsReport))]
[JsonSerializable(typeof(JudgeItem))]
[JsonSerializable(typeof(JudgesReport))]
[JsonSerializable(typeof(LiveReport))]
[JsonSerializable(typeof(IReadOnlyList<SplitsReport>))]
[JsonSerializable(typeof(FittedJudges))]
[JsonSerializable(typeof(BenchmarkResult))]
[JsonSerializable(typeof(IReadOnlyList<BenchmarkResult>))]
[JsonSerializable(typeof(BenchmarkReceipt))]
[JsonSerializable(typeof(StoredBenchmark))]
[JsonSerializable(typeof(Page<StoredBenchmark>))]
[JsonSerializable(typeof(GateThresholds))]
[JsonSerializable(typeof(GateBaseline))]
[JsonSerializable(typeof(GateReport))]
[JsonSerializable(typeof(FittedDocument))]
[JsonSerializable(typeof(FittedReceipt))]
[JsonSerializable(typeof(ReliabilityList))]
[JsonSerializable(typeof(CalibrationProposal))]
[JsonSerializable(typeof(Page<CalibrationProposal>))]
[JsonSerializable(typeof(RefitReceipt))]
[JsonSerializable(typeof(BenchmarkReport))]
[JsonSerializable(typeof(ScoringConfig))]
[JsonSerializable(typeof(Rubric))]
[JsonSerializable(typeof(VersionedScoringConfig))]
[JsonSerializable(typeof(ScoringConfigReceipt))]
[JsonSerializable(typeof(Page<ScoringConfigChange>))]
[JsonSerializable(typeof(JudgeJobRequest))]
[JsonSerializable(typeof(JudgeAttemptRequest))]
[JsonSerializable(typeof(JudgeWork))]
[JsonSerializable(typeof(JudgeJob))]
[JsonSerializable(typeof(Page<JudgeJob>))]
[JsonSerializable(typeof(ScoreSubmission))]
[JsonSerializable(typeof(ScoreReceipt))]
[JsonSerializable(typeof(Page<StoredScore>))]
[JsonSerializable(typeof(RunScores))]
[JsonSerializable(typeof(RunScoreSummary))]
[JsonSerializable(typeof(ModelScoreList))]
[JsonSerializable(typeof(PolicyDocument))]
[JsonSerializable(typeof(VersionedPolicy))]
[JsonSerializable(typeof(PolicyReceipt))]
[JsonSerializable(typeof(Page<PolicyChange>))]
[JsonSerializable(typeof(GateBody))]
[JsonSerializable(typeof(ScoringReport))]
[JsonSerializable(typeof(RetentionPolicy))]
[JsonSerializable(typeof(RetentionStatus))]
[JsonSerializable(typeof(PurgeReceipt))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(KeyRotation))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(IssuedKey))]
public sealed partial class ConsensusJson : JsonSerializerContext;
