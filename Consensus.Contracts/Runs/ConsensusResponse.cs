using System.Text.Json;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Provenance;

namespace Consensus.Contracts.Runs;

/// <summary>A run and what came of it. Members that do not apply are <c>null</c>, never a made-up number.</summary>
public sealed record ConsensusResponse
{
    /// <summary>The run's id, a UUIDv7.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The caller's request id (<c>X-Request-Id</c>), or one made for it.</summary>
    public string? RequestId { get; init; }

    /// <summary>How the run came about.</summary>
    public RunKind Kind { get; init; }

    /// <summary>Where the run is in its life.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why a run has the status <c>failed</c> or <c>cancelled</c>: <c>panel_failed</c>, <c>deadline_exceeded</c>, <c>interrupted</c>, <c>caller_gone</c>,
    /// <c>cancel_requested</c>.</summary>
    public string? StatusReason { get; init; }

    /// <summary>In look-ups of a run that is going: how far it is; <c>null</c> once it has ended.</summary>
    public ClustersSoFar? Progress { get; init; }

    /// <summary>What the panel came to; <c>null</c> until decided.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The answer; <c>null</c> unless the outcome is <c>consensus</c> or <c>plurality</c>.</summary>
    public AnswerBody? Answer { get; init; }

    /// <summary>The strategy that decided.</summary>
    public required string Strategy { get; init; }

    /// <summary>The leading cluster's share of all asked, 0 to 1.</summary>
    public double? Agreement { get; init; }

    /// <summary>True when cancelled calls stay in the denominator, so that <see cref="Agreement"/> is a lower bound.</summary>
    public bool AgreementIsLowerBound { get; init; }

    /// <summary>The lead of the first cluster over the second as a share of all asked, 0 to 1.</summary>
    public double? Margin { get; init; }

    /// <summary>Discrete semantic entropy, 0 (one cluster) to 1 (all differ).</summary>
    public double? Entropy { get; init; }

    /// <summary>
    /// The entropy, in nats and not normalised, of all answers that such a panel could give, corrected for those that nobody gave; <c>null</c> with fewer than two votes.
    /// </summary>
    public double? EntropyCorrected { get; init; }

    /// <summary>How likely the answer is to be right.</summary>
    public ConfidenceBody? Confidence { get; init; }

    /// <summary>Whether the verdict survives the loss of a model, and another draw of the panel.</summary>
    public StabilityBody? Stability { get; init; }

    /// <summary>All clusters, the leader first: the minority is part of the answer.</summary>
    public IReadOnlyList<ClusterBody> Clusters { get; init; } = [];

    /// <summary>Every candidate, failed ones too; <c>null</c> when not included.</summary>
    public IReadOnlyList<CandidateBody>? Candidates { get; init; }

    /// <summary>How many requests were started and how many the panel would have had.</summary>
    public CallsBody? Calls { get; init; }

    /// <summary>Tokens and cost of all calls.</summary>
    public UsageBody? Usage { get; init; }

    /// <summary>Where the time went.</summary>
    public TimingsBody? Timings { get; init; }

    /// <summary>True when the decision was made without some of the panel's answers because they failed or came too late, or a step could not do its work.</summary>
    public bool Degraded { get; init; }

    /// <summary>The steps of a strategy that asks models more than once, in order; <c>null</c> for the others.</summary>
    public IReadOnlyList<StepBody>? Steps { get; init; }

    /// <summary>In look-ups: what judges made of it in short (<see cref="Scoring.RunScoreSummary"/>); <c>null</c> until it is judged.</summary>
    public JsonElement? Scores { get; init; }

    /// <summary>What the policy made of the run; <c>null</c> for runs of versions that knew none.</summary>
    public GateBody? Gate { get; init; }

    /// <summary>What the run was decided by, when included; in look-ups <c>null</c>: <c>GET /v1/runs/{id}/provenance</c> has it.</summary>
    public RunLineage? Provenance { get; init; }

    /// <summary>The request as stored; only in look-ups.</summary>
    public StoredRequest? Request { get; init; }

    /// <summary>What was said afterwards of what is right; only in look-ups, and <c>null</c> until it is said.</summary>
    public LabelBody? Label { get; init; }

    /// <summary>When the request was taken in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the first call began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the verdict stood.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Where to go from here: <c>self</c>, <c>scores</c>, ….</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();
}

/// <summary>An answer as text, as a typed value and its kind.</summary>
/// <param name="Text">The answer as text.</param>
/// <param name="Value">The answer as a value of its kind: a number, true or false, the letter of a choice, JSON; of a text the text.</param>
/// <param name="Kind">What kind of answer it is.</param>
public sealed record AnswerBody(string Text, JsonElement? Value, AnswerKindName Kind);

/// <summary>Confidence that the answer is right.</summary>
/// <param name="Raw">The strategy's own posterior, 0 to 1.</param>
/// <param name="Calibrated">The raw value mapped by a fitted calibration; <c>null</c> when none applies.</param>
/// <param name="CalibrationVersion">
/// The version of the fitted document that took part in the decision (by weights, by the number of alternatives or by a calibration map); <c>null</c> when none did.
/// </param>
/// <param name="Method">The definition of the raw value, by name.</param>
public sealed record ConfidenceBody(double? Raw, double? Calibrated, string? CalibrationVersion, string Method);

/// <summary>A set of candidates that say the same.</summary>
public sealed record ClusterBody
{
    /// <summary>The cluster's rank, from 0: the leader.</summary>
    public required int Id { get; init; }

    /// <summary>What they say.</summary>
    public required AnswerBody Answer { get; init; }

    /// <summary>How many candidates.</summary>
    public required int Size { get; init; }

    /// <summary>The sum of their weights.</summary>
    public required double Weight { get; init; }

    /// <summary>Their weight as a share of all asked, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Who holds it.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The ids of the candidates in it.</summary>
    public required IReadOnlyList<int> Candidates { get; init; }
}

/// <summary>One question to one model and what came of it.</summary>
public sealed record CandidateBody
{
    /// <summary>The candidate's number in the run, from 0, in the order asked.</summary>
    public required int Id { get; init; }

    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>The model's family.</summary>
    public string? Family { get; init; }

    /// <summary>Which sample of this model, from 0.</summary>
    public int Sample { get; init; }

    /// <summary>What became of it.</summary>
    public required CandidateStatus Status { get; init; }

    /// <summary>The text as the model wrote it.</summary>
    public string? Text { get; init; }

    /// <summary>The answer read from the text.</summary>
    public AnswerBody? Answer { get; init; }

    /// <summary>The cluster it belongs to.</summary>
    public int? Cluster { get; init; }

    /// <summary>The weight of its vote.</summary>
    public double? Weight { get; init; }

    /// <summary>Why it has no vote.</summary>
    public CandidateErrorBody? Error { get; init; }

    /// <summary>How often the provider was asked, retries included; 0 when it never was.</summary>
    public int Attempts { get; init; }

    /// <summary>Milliseconds from the first attempt to the end.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>The provider's word for why the answer ended.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The provider's exact model, where it says.</summary>
    public string? ProviderModel { get; init; }

    /// <summary>Tokens and cost of this call.</summary>
    public UsageBody? Usage { get; init; }

    /// <summary>True when the answer came from the cache.</summary>
    public bool Cached { get; init; }
}

/// <summary>Why a candidate has no vote.</summary>
/// <param name="Reason">Why, from a closed list.</param>
/// <param name="Message">The same in a sentence.</param>
public sealed record CandidateErrorBody(FailureReason Reason, string Message);

/// <summary>Tokens and cost; <c>null</c> where the provider or the configuration does not say, never 0 in its place.</summary>
/// <param name="InputTokens">Tokens of what was asked.</param>
/// <param name="OutputTokens">Tokens of what was answered.</param>
/// <param name="CostUsd">The cost in US dollars, by the configured prices.</param>
public sealed record UsageBody(long? InputTokens, long? OutputTokens, decimal? CostUsd);

/// <summary>How many requests were started, of how many the panel had; a cancelled call may still be billed.</summary>
/// <param name="Started">How many were started.</param>
/// <param name="Panel">How many the panel had.</param>
/// <param name="StoppedEarly">Whether some were left out or cancelled since the verdict stood.</param>
public sealed record CallsBody(int Started, int Panel, bool StoppedEarly);

/// <summary>Milliseconds: the whole run, the slowest call that was needed, and what the system added to it.</summary>
/// <param name="TotalMs">The whole run, in milliseconds.</param>
/// <param name="SlowestCallMs">The slowest call that was needed, in milliseconds; <c>null</c> without any.</param>
/// <param name="OverheadMs">What the system added to it, in milliseconds; <c>null</c> without any call.</param>
public sealed record TimingsBody(double TotalMs, double? SlowestCallMs, double? OverheadMs);
