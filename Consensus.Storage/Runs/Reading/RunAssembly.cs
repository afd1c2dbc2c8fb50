using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Runs.Reading;

/// <summary>From rows back to the run that was saved.</summary>
internal static class RunAssembly
{
    public static ConsensusResponse Run(RunRow row, IEnumerable<CandidateRow> candidates, IEnumerable<ClusterRow> clusters) => new()
    {
        RunId = StoredValue.Id(row.run_id),
        RequestId = row.request_id,
        Kind = WireName.Parse<RunKind>(row.kind),
        Status = WireName.Parse<RunStatus>(row.status),
        StatusReason = row.status_reason,
        Outcome = WireName.ParseOrNull<Outcome>(row.outcome),
        Answer = Answer(row.answer_kind, row.answer_text, row.answer_value),
        Strategy = row.strategy,
        Agreement = row.agreement,
        AgreementIsLowerBound = row.agreement_is_lower_bound != 0,
        Margin = row.margin,
        Entropy = row.entropy,
        EntropyCorrected = row.entropy_corrected,
        Confidence = row.confidence_method is { } method
            ? new ConfidenceBody(row.confidence_raw, row.confidence_calibrated, row.calibration_version, method)
            : null,
        Stability = Stability(row),
        Clusters = [.. clusters.Select(Cluster)],
        Candidates = row.candidate_count is null ? null : [.. candidates.Select(Candidate)],
        Calls = row is { calls_started: { } started, calls_panel: { } panel } ? new CallsBody((int)started, (int)panel, row.stopped_early != 0) : null,
        Usage = Usage(row.has_usage, row.input_tokens, row.output_tokens, row.cost_usd),
        Timings = row.total_ms is { } total ? new TimingsBody(total, row.slowest_call_ms, row.overhead_ms) : null,
        Degraded = row.degraded != 0,
        Steps = StoredJson.Steps(row.steps),
        Scores = StoredJson.Value(row.scores),
        Gate = StoredJson.Gate(row.gate),
        Provenance = StoredJson.Lineage(row.provenance),
        Request = row.samples_per_model is { } samples ? Request(row, (int)samples) : null,
        CreatedAt = StoredTime.Read(row.created_at),
        StartedAt = StoredTime.Read(row.started_at),
        FinishedAt = StoredTime.Read(row.finished_at),
        Links = StoredJson.TextsByName(row.links)!,
    };

    public static RunSummary Summary(SummaryRow row) => new()
    {
        RunId = StoredValue.Id(row.run_id),
        Kind = WireName.Parse<RunKind>(row.kind),
        Status = WireName.Parse<RunStatus>(row.status),
        Outcome = WireName.ParseOrNull<Outcome>(row.outcome),
        Strategy = row.strategy,
        Prompt = row.prompt_excerpt,
        Answer = row.answer_excerpt,
        Agreement = row.agreement,
        Confidence = row.confidence_raw,
        Stability = WireName.ParseOrNull<StabilityLevel>(row.stability_level),
        Models = StoredJson.Texts(row.models)!,
        Degraded = row.degraded != 0,
        CostUsd = StoredValue.Money(row.cost_usd),
        DurationMs = row.total_ms,
        Tags = StoredJson.Texts(row.tags)!,
        CreatedAt = StoredTime.Read(row.created_at),
        FinishedAt = StoredTime.Read(row.finished_at),
    };

    private static StoredRequest Request(RunRow row, int samples) => new()
    {
        Prompt = row.prompt,
        Messages = StoredJson.Messages(row.messages),
        Models = StoredJson.Texts(row.models)!,
        Panel = row.panel,
        SamplesPerModel = samples,
        Quorum = row.quorum,
        MinResponses = (int?)row.min_responses,
        Answer = row.has_answer_form == 0 ? null : new AnswerRequest
        {
            Kind = WireName.ParseOrNull<AnswerKindName>(row.asked_kind),
            Choices = StoredJson.Texts(row.choices),
            Tolerance = row.tolerance,
            Schema = StoredJson.Value(row.schema),
        },
        Reliability = StoredJson.NumbersByName(row.reliability),
        DeadlineMs = (int?)row.deadline_ms,
        MaxCostUsd = StoredValue.Money(row.max_cost_usd),
        EarlyStop = WireName.Parse<EarlyStop>(row.early_stop!),
        Ranking = WireName.ParseOrNull<RankingMethod>(row.ranking),
        Cascade = StoredJson.Cascade(row.cascade_tiers),
        Category = row.category,
        Temperature = row.temperature,
        MaxOutputTokens = (int?)row.max_output_tokens,
        Seed = row.seed,
        Tags = StoredJson.Texts(row.tags)!,
        Metadata = StoredJson.TextsByName(row.metadata),
    };

    private static StabilityBody? Stability(RunRow row) => row.stability_level is { } level
        ? new StabilityBody
        {
            Score = row.stability_score,
            Level = WireName.Parse<StabilityLevel>(level),
            FlipSet = StoredJson.Texts(row.stability_flip_set)!,
            ByFamily = StoredJson.Texts(row.family_flip_set) is { } flipSet ? new FamilyStabilityBody(row.family_stability_score, flipSet) : null,
            FlipProbability = row.stability_flip_probability,
            Interval = row is { stability_low: { } low, stability_high: { } high } ? new IntervalBody(low, high) : null,
            Replicates = (int?)row.stability_replicates,
            AgreementDeviation = row.agreement_deviation,
            EntropyDeviation = row.entropy_deviation,
            Repeatability = StoredJson.Repeatability(row.repeatability),
        }
        : null;

    private static CandidateBody Candidate(CandidateRow row) => new()
    {
        Id = (int)row.candidate_id,
        Model = row.model,
        Family = row.family,
        Sample = (int)row.sample,
        Status = WireName.Parse<CandidateStatus>(row.status),
        Text = row.text,
        Answer = Answer(row.answer_kind, row.answer_text, row.answer_value),
        Cluster = (int?)row.cluster_id,
        Weight = row.weight,
        Error = row.error_reason is { } reason ? new CandidateErrorBody(WireName.Parse<FailureReason>(reason), row.error_message ?? "") : null,
        Attempts = (int)row.attempts,
        LatencyMs = row.latency_ms,
        FinishReason = row.finish_reason,
        ProviderModel = row.provider_model,
        Usage = Usage(row.has_usage, row.input_tokens, row.output_tokens, row.cost_usd),
        Cached = row.cached != 0,
    };

    private static ClusterBody Cluster(ClusterRow row) => new()
    {
        Id = (int)row.cluster_id,
        Answer = new AnswerBody(row.answer_text ?? "", StoredJson.Value(row.answer_value), WireName.Parse<AnswerKindName>(row.answer_kind)),
        Size = (int)row.size,
        Weight = row.weight,
        Share = row.share,
        Models = StoredJson.Texts(row.models)!,
        Candidates = StoredJson.Numbers(row.candidates)!,
    };

    /// <summary>Without its text an answer is not stored: it comes back as none, not as an empty one.</summary>
    private static AnswerBody? Answer(string? kind, string? text, string? value) =>
        kind is not null && text is not null ? new AnswerBody(text, StoredJson.Value(value), WireName.Parse<AnswerKindName>(kind)) : null;

    private static UsageBody? Usage(long known, long? input, long? output, string? cost) =>
        known == 0 ? null : new UsageBody(input, output, StoredValue.Money(cost));
}
