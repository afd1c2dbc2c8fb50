namespace Consensus.Contracts.Evidence;

/// <summary>What came of evidence mode: an answer whose every claim is labelled, and the passages. So it is stored and looked up.</summary>
public record EvidenceRecord
{
    /// <summary>The record's id, a UUIDv7.</summary>
    public required Guid EvidenceId { get; init; }

    /// <summary>The version of this shape.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The run that answered; <c>null</c> of an answer that the caller brought, and where no model was asked.</summary>
    public Guid? RunId { get; init; }

    /// <summary>
    /// The run because of which this was asked, as its caller said; <c>null</c> where nothing was said. It was stored when the request was read, and may have
    /// been erased since.
    /// </summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The collection that was searched; <c>null</c> where the documents came with the request.</summary>
    public Guid? Collection { get; init; }

    /// <summary>The question.</summary>
    public string? Question { get; init; }

    /// <summary>True when there is no answer that could be defended; <see cref="Text"/> is then <c>null</c>.</summary>
    public required bool Abstained { get; init; }

    /// <summary>Why there is none.</summary>
    public AbstainReason? AbstainReason { get; init; }

    /// <summary>The answer as it may be shown: unsupported claims marked or left out, each claim with the numbers of the passages that bear it out.</summary>
    public string? Text { get; init; }

    /// <summary>The text that was checked, without marks; spans of claims are places in it.</summary>
    public string? CheckedText { get; init; }

    /// <summary>The claims of <see cref="CheckedText"/> in their order.</summary>
    public IReadOnlyList<EvidenceClaim> Claims { get; init; } = [];

    /// <summary>How well the answer is borne out.</summary>
    public EvidenceFigures? Figures { get; init; }

    /// <summary>The same of every candidate's text; empty of an answer that the caller brought.</summary>
    public IReadOnlyList<CandidateEvidence> Candidates { get; init; } = [];

    /// <summary>The passages, the most relevant first: number 1, 2, ….</summary>
    public IReadOnlyList<EvidencePassage> Passages { get; init; } = [];

    /// <summary>How the labels came about.</summary>
    public required EvidenceMethod Method { get; init; }

    /// <summary>Where to go from here: <c>self</c>, <c>run</c>.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();
}

/// <summary>An evidence record in a listing.</summary>
/// <param name="EvidenceId">The record's id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RunId">The run that answered.</param>
/// <param name="Collection">The collection that was searched.</param>
/// <param name="Abstained">Whether there is no answer that could be defended.</param>
/// <param name="AbstainReason">Why there is none.</param>
/// <param name="Figures">How well the answer is borne out.</param>
/// <param name="Links">Where to go from here: <c>self</c>, <c>run</c>.</param>
public sealed record EvidenceSummary(
    Guid EvidenceId, DateTimeOffset CreatedAt, Guid? RunId, Guid? Collection, bool Abstained, AbstainReason? AbstainReason, EvidenceFigures? Figures,
    IReadOnlyDictionary<string, string> Links);
