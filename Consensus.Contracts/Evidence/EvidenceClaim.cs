using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Evidence;

/// <summary>A claim and what the passages and the panel say of it.</summary>
public sealed record EvidenceClaim
{
    /// <summary>The claim's number, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>What it says, as written; <c>null</c> in stored records where the privacy level keeps none.</summary>
    public required string? Text { get; init; }

    /// <summary>Its first character in the checked text.</summary>
    public required int Start { get; init; }

    /// <summary>The character after its last one.</summary>
    public required int End { get; init; }

    /// <summary>False of a question or the lead-in of a list; it then has no label and counts in no figure.</summary>
    public required bool Checkable { get; init; }

    /// <summary>What the passages say of it; <c>null</c> unless checkable.</summary>
    public EvidenceLabel? Label { get; init; }

    /// <summary>What a passage says against it: <c>number</c>, <c>negation</c>, <c>name</c>; <c>null</c> for nothing.</summary>
    public string? Objection { get; init; }

    /// <summary>How far the best passage has its words, 0 to 1; <c>null</c> unless checkable.</summary>
    public double? Coverage { get; init; }

    /// <summary>The judge's reason, where one was asked.</summary>
    public string? Rationale { get; init; }

    /// <summary>The places in passages that belong to it.</summary>
    public IReadOnlyList<EvidenceCitation> Citations { get; init; } = [];

    /// <summary>The models whose own text says the same.</summary>
    public IReadOnlyList<string> SupportingModels { get; init; } = [];

    /// <summary>The models whose own text says otherwise.</summary>
    public IReadOnlyList<string> ContradictingModels { get; init; } = [];

    /// <summary>How far the other candidates support it, 0 to 1; <c>null</c> where there is no other.</summary>
    public double? PanelSupport { get; init; }
}

/// <summary>A place in a passage that belongs to a claim.</summary>
public sealed record EvidenceCitation
{
    /// <summary>The passage's number, from 1.</summary>
    public required int Passage { get; init; }

    /// <summary>The first character of the sentence in the passage's text.</summary>
    public required int Start { get; init; }

    /// <summary>The character after its last one.</summary>
    public required int End { get; init; }

    /// <summary>The sentence.</summary>
    public string? Quote { get; init; }

    /// <summary>What this place alone says of the claim.</summary>
    public required EvidenceLabel Label { get; init; }

    /// <summary>Who says that it belongs there.</summary>
    public required CitationSource By { get; init; }
}

/// <summary>How well a text is borne out by passages.</summary>
public sealed record EvidenceFigures
{
    /// <summary>Claims that could be checked.</summary>
    public required int Claims { get; init; }

    /// <summary>Of these, borne out.</summary>
    public required int Supported { get; init; }

    /// <summary>Of these, contradicted.</summary>
    public required int Contradicted { get; init; }

    /// <summary>Of these, neither.</summary>
    public required int NotEnough { get; init; }

    /// <summary>The share of the claims that are not supported, 0 to 1; <c>null</c> without claims.</summary>
    public double? HallucinationRate { get; init; }

    /// <summary>The share of claims that the passages cited by the author bear out, 0 to 1 (ALCE); <c>null</c> where nobody cites.</summary>
    public double? CitationRecall { get; init; }

    /// <summary>The share of the author's citations that are needed or bear the claim out alone, 0 to 1 (ALCE); <c>null</c> without citations.</summary>
    public double? CitationPrecision { get; init; }
}

/// <summary>How well one candidate's text is borne out.</summary>
/// <param name="Candidate">The candidate's id in the run.</param>
/// <param name="Model">Who wrote it.</param>
/// <param name="Figures">The figures of the whole text.</param>
public sealed record CandidateEvidence(int Candidate, string Model, EvidenceFigures Figures);

/// <summary>A passage that was found.</summary>
public sealed record EvidencePassage
{
    /// <summary>The number that citations name, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The passage's id: the same content at the same place has the same id.</summary>
    public required string Id { get; init; }

    /// <summary>The stored document; <c>null</c> of one that came with the request.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>The document's place in the request, from 1; <c>null</c> of a stored one.</summary>
    public int? Document { get; init; }

    /// <summary>What the document is called.</summary>
    public string? Title { get; init; }

    /// <summary>Where the document comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Under which terms it may be used.</summary>
    public string? Licence { get; init; }

    /// <summary>SHA-256 of the document's text, in hexadecimal.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The first character of the passage in the document's text.</summary>
    public required int Start { get; init; }

    /// <summary>The character after its last one.</summary>
    public required int End { get; init; }

    /// <summary>The text; <c>null</c> in stored records where the privacy level keeps none.</summary>
    public string? Text { get; init; }

    /// <summary>How relevant the search found it; comparable within one search only.</summary>
    public double? Score { get; init; }
}

/// <summary>How the labels of an evidence record came about.</summary>
/// <param name="Matching">By words, or by a judge model with the words' objections.</param>
/// <param name="Matcher">The version of the matcher of words.</param>
/// <param name="Judge">The judge model; <c>null</c> without.</param>
/// <param name="JudgePrompt">The version of its prompt.</param>
/// <param name="AnswerPrompt">The version of the prompt that the panel was given; <c>null</c> of an answer that the caller brought.</param>
/// <param name="Search">How passages were found: <c>bm25</c> or <c>bm25+embeddings</c>.</param>
/// <param name="Unsupported">What became of claims that are not supported.</param>
/// <param name="JudgeFailures">Claims that the judge gave no usable label for; the words decided there.</param>
/// <param name="JudgeUsage">Tokens and cost of the judge; <c>null</c> without.</param>
/// <param name="Embeddings">How far passages were ranked by vectors; <c>null</c> where no embedding model is configured, or no collection was searched.</param>
public sealed record EvidenceMethod(
    EvidenceMatching Matching, string Matcher, string? Judge, string? JudgePrompt, string? AnswerPrompt, string Search, UnsupportedClaims Unsupported,
    int JudgeFailures = 0, UsageBody? JudgeUsage = null, PassageEmbeddings? Embeddings = null);
