namespace Consensus.Storage.Runs.Reading;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>A row of <c>runs</c> as SQLite gives it.</summary>
internal sealed class RunRow
{
    public long seq { get; init; }
    public byte[] run_id { get; init; } = [];
    public string? request_id { get; init; }
    public string kind { get; init; } = "";
    public string status { get; init; } = "";
    public string? status_reason { get; init; }
    public long created_at { get; init; }
    public long? started_at { get; init; }
    public long? finished_at { get; init; }
    public string strategy { get; init; } = "";
    public string? outcome { get; init; }
    public long degraded { get; init; }
    public double? agreement { get; init; }
    public long agreement_is_lower_bound { get; init; }
    public double? margin { get; init; }
    public double? entropy { get; init; }
    public double? entropy_corrected { get; init; }
    public double? confidence_raw { get; init; }
    public double? confidence_calibrated { get; init; }
    public string? calibration_version { get; init; }
    public string? confidence_method { get; init; }
    public string? stability_level { get; init; }
    public double? stability_score { get; init; }
    public double? stability_flip_probability { get; init; }
    public double? stability_low { get; init; }
    public double? stability_high { get; init; }
    public long? stability_replicates { get; init; }
    public double? agreement_deviation { get; init; }
    public double? entropy_deviation { get; init; }
    public string? repeatability { get; init; }
    public double? family_stability_score { get; init; }
    public string? stability_flip_set { get; init; }
    public string? family_flip_set { get; init; }
    public long? calls_started { get; init; }
    public long? calls_panel { get; init; }
    public long? stopped_early { get; init; }
    public long has_usage { get; init; }
    public long? input_tokens { get; init; }
    public long? output_tokens { get; init; }
    public string? cost_usd { get; init; }
    public double? total_ms { get; init; }
    public double? slowest_call_ms { get; init; }
    public double? overhead_ms { get; init; }
    public long? candidate_count { get; init; }
    public string links { get; init; } = "";
    public string? answer_kind { get; init; }
    public string? answer_text { get; init; }
    public string? answer_value { get; init; }
    public string? steps { get; init; }
    public string? scores { get; init; }
    public string? gate { get; init; }
    public string? provenance { get; init; }
    public string models { get; init; } = "";
    public string tags { get; init; } = "";
    public string? panel { get; init; }
    public long? samples_per_model { get; init; }
    public double? quorum { get; init; }
    public long? min_responses { get; init; }
    public long has_answer_form { get; init; }
    public string? asked_kind { get; init; }
    public double? tolerance { get; init; }
    public string? choices { get; init; }
    public string? schema { get; init; }
    public string? reliability { get; init; }
    public long? deadline_ms { get; init; }
    public string? max_cost_usd { get; init; }
    public string? early_stop { get; init; }
    public string? ranking { get; init; }
    public string? cascade_tiers { get; init; }
    public string? category { get; init; }
    public double? temperature { get; init; }
    public long? max_output_tokens { get; init; }
    public long? seed { get; init; }
    public string? prompt { get; init; }
    public string? messages { get; init; }
    public string? metadata { get; init; }
}

/// <summary>A row of <c>candidates</c>.</summary>
internal sealed class CandidateRow
{
    public long candidate_id { get; init; }
    public string model { get; init; } = "";
    public string? family { get; init; }
    public long sample { get; init; }
    public string status { get; init; } = "";
    public long? cluster_id { get; init; }
    public double? weight { get; init; }
    public string? error_reason { get; init; }
    public string? error_message { get; init; }
    public long attempts { get; init; }
    public double? latency_ms { get; init; }
    public string? finish_reason { get; init; }
    public string? provider_model { get; init; }
    public long has_usage { get; init; }
    public long? input_tokens { get; init; }
    public long? output_tokens { get; init; }
    public string? cost_usd { get; init; }
    public long cached { get; init; }
    public string? answer_kind { get; init; }
    public string? answer_text { get; init; }
    public string? answer_value { get; init; }
    public string? text { get; init; }
}

/// <summary>A row of <c>clusters</c>.</summary>
internal sealed class ClusterRow
{
    public long cluster_id { get; init; }
    public long size { get; init; }
    public double weight { get; init; }
    public double share { get; init; }
    public string models { get; init; } = "";
    public string candidates { get; init; } = "";
    public string answer_kind { get; init; } = "";
    public string? answer_text { get; init; }
    public string? answer_value { get; init; }
}

/// <summary>What a listing reads of a row of <c>runs</c>.</summary>
internal sealed class SummaryRow
{
    public byte[] run_id { get; init; } = [];
    public string kind { get; init; } = "";
    public string status { get; init; } = "";
    public string? outcome { get; init; }
    public string strategy { get; init; } = "";
    public string? prompt_excerpt { get; init; }
    public string? answer_excerpt { get; init; }
    public double? agreement { get; init; }
    public double? confidence_raw { get; init; }
    public string? stability_level { get; init; }
    public string models { get; init; } = "";
    public long degraded { get; init; }
    public string? cost_usd { get; init; }
    public double? total_ms { get; init; }
    public string tags { get; init; } = "";
    public long created_at { get; init; }
    public long? finished_at { get; init; }
}
