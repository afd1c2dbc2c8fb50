using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Storage.Runs.Fields;

/// <summary>The columns of <c>runs</c> that are filled from the run itself.</summary>
internal static class RunFields
{
    public static IReadOnlyList<StoredField<RunRecord>> All { get; } =
    [
        Identifier("run_id", "The run's id, a UUIDv7 as its 16 bytes in network order: sorts by time.", r => StoredValue.Id(r.Run.RunId)),
        new("request_id", FieldClass.Label, "The caller's request id, or one made for it.", r => r.Run.RequestId),
        Identifier("key_id", "The name of the API key that the run belongs to.", r => r.KeyId),
        Identifier("instance", "The API process that conducts the run.", r => r.Instance),
        Identifier("kind", "`consensus`, or `aggregate` when the caller brought the answers.", r => WireName.Of(r.Run.Kind)),
        Identifier("status", "`accepted`, `running`, `completed`, `failed`, `cancelled`.", r => WireName.Of(r.Run.Status)),
        new("status_reason", FieldClass.Word, "Why the run failed or was cancelled.", r => r.Run.StatusReason),
        Number("created_at", "When the request was taken in.", r => StoredTime.Write(r.Run.CreatedAt)),
        Number("started_at", "When the first call began.", r => StoredTime.Write(r.Run.StartedAt)),
        Number("finished_at", "When the verdict stood, or the run was found interrupted.", r => StoredTime.Write(r.Run.FinishedAt)),
        Identifier("strategy", "The strategy that decided.", r => r.Run.Strategy),
        Identifier("outcome", "`consensus`, `plurality`, `no_consensus`, `quorum_not_met`; null until decided.", r => WireName.Of(r.Run.Outcome)),
        Number("degraded", "1 when answers were missing from the decision.", r => r.Run.Degraded),
        Number("agreement", "The leading cluster's share of all asked, 0 to 1.", r => r.Run.Agreement),
        Number("agreement_is_lower_bound", "1 when cancelled calls stayed in the denominator.", r => r.Run.AgreementIsLowerBound),
        Number("margin", "The lead over the second cluster, 0 to 1.", r => r.Run.Margin),
        Number("entropy", "Discrete semantic entropy, 0 to 1.", r => r.Run.Entropy),
        Number("entropy_corrected", "Entropy in nats, corrected for answers that nobody gave.", r => r.Run.EntropyCorrected),
        Number("confidence_raw", "The strategy's own posterior, 0 to 1.", r => r.Run.Confidence?.Raw),
        Number("confidence_calibrated", "The calibrated confidence, 0 to 1.", r => r.Run.Confidence?.Calibrated),
        Identifier("calibration_version", "The calibration's version.", r => r.Run.Confidence?.CalibrationVersion),
        Identifier("confidence_method", "The definition of `confidence_raw`; null when the run has no confidence.", r => r.Run.Confidence?.Method),
        Identifier("stability_level", "`stable`, `fragile`, `contested`, `insufficient`.", r => WireName.Of(r.Run.Stability?.Level)),
        Number("stability_score", "The share of leave-one-model-out panels that keep the verdict.", r => r.Run.Stability?.Score),
        Number("stability_flip_probability", "The probability that a panel drawn from this one comes to another winner or to none.", r => r.Run.Stability?.FlipProbability),
        Number("stability_low", "The low end of the flip probability's simulation error.", r => r.Run.Stability?.Interval?.Low),
        Number("stability_high", "The high end of the flip probability's simulation error.", r => r.Run.Stability?.Interval?.High),
        Number("stability_replicates", "How many panels were drawn; null where all were enumerated.", r => r.Run.Stability?.Replicates),
        Number("agreement_deviation", "The standard deviation of agreement over such panels.", r => r.Run.Stability?.AgreementDeviation),
        Number("entropy_deviation", "The standard deviation of entropy over such panels.", r => r.Run.Stability?.EntropyDeviation),
        Number("family_stability_score", "The share of leave-one-family-out panels that keep the verdict.", r => r.Run.Stability?.ByFamily?.Score),
        new("stability_flip_set", FieldClass.Model, "JSON: the models whose absence alone would change the verdict.",
            r => StoredJson.Of(r.Run.Stability?.FlipSet)),
        new("family_flip_set", FieldClass.Model, "JSON: the families whose absence alone would change the verdict.",
            r => StoredJson.Of(r.Run.Stability?.ByFamily?.FlipSet)),
        new("repeatability", FieldClass.Model, "JSON: how far each model that was asked more than once agrees with itself.",
            r => StoredJson.Of(r.Run.Stability?.Repeatability)),
        Number("calls_started", "Requests started.", r => r.Run.Calls?.Started),
        Number("calls_panel", "Requests the whole panel would have taken.", r => r.Run.Calls?.Panel),
        Number("stopped_early", "1 when the fan-out ended before every model had answered.", r => r.Run.Calls?.StoppedEarly),
        Number("has_usage", "1 when tokens or cost were reported, even if unknown.", r => r.Run.Usage is not null),
        Number("input_tokens", "Input tokens of all calls; null when unknown.", r => r.Run.Usage?.InputTokens),
        Number("output_tokens", "Output tokens of all calls; null when unknown.", r => r.Run.Usage?.OutputTokens),
        Number("cost_usd", "US dollars of all calls as a decimal in text; null when unknown.", r => r.Run.Usage?.CostUsd),
        Number("total_ms", "Milliseconds of the whole run.", r => r.Run.Timings?.TotalMs),
        Number("slowest_call_ms", "Milliseconds of the slowest call that was needed.", r => r.Run.Timings?.SlowestCallMs),
        Number("overhead_ms", "Milliseconds that the system added.", r => r.Run.Timings?.OverheadMs),
        Number("candidate_count", "Rows in `candidates`; null when the run came without its candidates.", r => r.Run.Candidates?.Count),
        Identifier("links", "JSON: the run's addresses in the API.", r => StoredJson.Of(r.Run.Links)),
        Identifier("answer_kind", "The kind of the answer; null without an answer.", r => WireName.Of(r.Run.Answer?.Kind)),
        new("answer_excerpt", FieldClass.Content, "The answer's first 200 characters.", r => r.Run.Answer?.Text, IsExcerpt: true),
        new("answer_text", FieldClass.Content, "The answer.", r => r.Run.Answer?.Text),
        new("answer_value", FieldClass.Content, "JSON: the answer as a typed value.", r => r.Run.Answer?.Value),
        new("steps", FieldClass.Report, "JSON: the steps of a strategy that asks models more than once.", r => StoredJson.Of(r.Run.Steps)),
        new("scores", FieldClass.Content, "JSON: scores by judges.", r => r.Run.Scores),
        new("gate", FieldClass.Identifier, "JSON: what the policy made of the run, in names, words of closed lists and the operator's own sentences.", r => StoredJson.Of(r.Run.Gate)),
        new("provenance", FieldClass.Lineage, "JSON: what the run was decided by: versions, models, parameters and a keyed hash of the request.", r => StoredJson.Of(r.Run.Provenance)),
    ];

    private static StoredField<RunRecord> Identifier(string column, string meaning, Func<RunRecord, object?> read) =>
        new(column, FieldClass.Identifier, meaning, read);

    private static StoredField<RunRecord> Number(string column, string meaning, Func<RunRecord, object?> read) =>
        new(column, FieldClass.Number, meaning, read);
}
