using System.Text.Json.Serialization;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Provenance;

/// <summary>Why a run's answer is attributed to nothing. A closed list: a client may switch on it.</summary>
[JsonConverter(typeof(SnakeCaseEnum<NoAttribution>))]
public enum NoAttribution
{
    /// <summary>The run gave no answer: it has not ended, nothing won, or a policy kept the answer back.</summary>
    NoAnswer,

    /// <summary>The privacy level kept no texts.</summary>
    ContentNotStored,
}

/// <summary>Where the answer of a run came from.</summary>
public sealed record RunProvenance
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>How the run came about.</summary>
    public RunKind Kind { get; init; }

    /// <summary>Where the run is in its life.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What the panel came to; <c>null</c> until decided.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The strategy that decided.</summary>
    public required string Strategy { get; init; }

    /// <summary>When the request was taken in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the first call began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the verdict stood.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the run was decided by; <c>null</c> of a run that has not ended or was interrupted, and of one that an earlier version stored.</summary>
    public RunLineage? Lineage { get; init; }

    /// <summary>
    /// Whether the request as it is stored is the one that was hashed: false where it was redacted when it was stored, or changed since; <c>null</c> where
    /// there is no hash, or
    /// no key to make it again.
    /// </summary>
    public bool? RequestMatches { get; init; }

    /// <summary>Who said what, failed calls too.</summary>
    public IReadOnlyList<ProvenanceCandidate> Candidates { get; init; } = [];

    /// <summary>The evidence record of the run; <c>null</c> without any.</summary>
    public Guid? EvidenceId { get; init; }

    /// <summary>What the answer rests on; <c>null</c>: see <see cref="AttributionReason"/>.</summary>
    public AnswerAttribution? Attribution { get; init; }

    /// <summary>Why there is no attribution; <c>null</c> when there is.</summary>
    public NoAttribution? AttributionReason { get; init; }

    /// <summary>Where to go from here: <c>self</c>, <c>run</c>, <c>replay</c>, <c>evidence</c>.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();
}

/// <summary>A candidate of a run, without its text: that stands in the run.</summary>
/// <param name="Id">The candidate's number in the run.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Family">The model's family.</param>
/// <param name="Sample">Which sample of this model, from 0.</param>
/// <param name="Status">What became of it.</param>
/// <param name="ProviderModel">The provider's exact model, where it says.</param>
/// <param name="Cached">Whether the answer came from the cache.</param>
/// <param name="Cluster">The cluster it belongs to.</param>
public sealed record ProvenanceCandidate(
    int Id, string Model, string? Family, int Sample, CandidateStatus Status, string? ProviderModel, bool Cached, int? Cluster);

/// <summary>What an answer rests on.</summary>
public sealed record AnswerAttribution
{
    /// <summary>The answer.</summary>
    public required AnswerBody Answer { get; init; }

    /// <summary>The candidates that said it: those of the winning cluster.</summary>
    public IReadOnlyList<int> Candidates { get; init; } = [];

    /// <summary>The models of these.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>
    /// The text whose sentences are attributed: of a text the answer, of evidence mode the text that was checked; <c>null</c> of a value without one.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The sentences of <see cref="Text"/> in their order, each with the texts that hold it.</summary>
    public IReadOnlyList<AttributedSentence> Sentences { get; init; } = [];

    /// <summary>Whether all of <see cref="Text"/> was held against all texts: of very long ones only a part is.</summary>
    public bool IsWhole { get; init; } = true;
}

/// <summary>A sentence and the texts that hold it, the best first. Places are characters (UTF-16) of the texts as they are stored.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after its last one.</param>
/// <param name="Candidates">The candidates that say it, in these words; empty when none does.</param>
/// <param name="Passages">The passages that say it, of a run of evidence mode.</param>
public sealed record AttributedSentence(int Start, int End, IReadOnlyList<CandidateSource> Candidates, IReadOnlyList<PassageSource> Passages);

/// <summary>A candidate that says a sentence.</summary>
/// <param name="Candidate">The candidate's number.</param>
/// <param name="Support">How much of the sentence it says, 0 to 1.</param>
/// <param name="Start">The first character of its own sentence that does.</param>
/// <param name="End">The character after that.</param>
public sealed record CandidateSource(int Candidate, double Support, int Start, int End);

/// <summary>A passage that says a sentence.</summary>
/// <param name="Passage">The passage's number in the evidence record.</param>
/// <param name="Support">How much of the sentence it says, 0 to 1.</param>
/// <param name="Start">The first character of its own sentence that does.</param>
/// <param name="End">The character after that.</param>
public sealed record PassageSource(int Passage, double Support, int Start, int End);
