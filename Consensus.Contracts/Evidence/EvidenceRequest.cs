using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Evidence;

/// <summary>
/// A question for a panel that answers from passages: the body of <c>POST /v1/evidence</c>. All members of a consensus request, and where the passages come
/// from.
/// </summary>
public sealed record EvidenceRequest : ConsensusRequest
{
    /// <summary>The documents to answer from. Exactly one of <see cref="Documents"/> and <see cref="Collection"/> is given.</summary>
    public IReadOnlyList<InlineDocument>? Documents { get; init; }

    /// <summary>The id of a stored collection to answer from.</summary>
    public Guid? Collection { get; init; }

    /// <summary>The most passages that the panel is shown.</summary>
    public int? MaxPassages { get; init; }

    /// <summary>How claims are held against passages; by a judge model where one is configured.</summary>
    public EvidenceMatching? Matching { get; init; }

    /// <summary>What becomes of claims that are not supported; marked by default.</summary>
    public UnsupportedClaims? Unsupported { get; init; }
}

/// <summary>An answer to check against passages: the body of <c>POST /v1/evidence/check</c>.</summary>
public sealed record EvidenceCheckRequest
{
    /// <summary>The answer. Marks such as <c>[1]</c> cite the documents of the request by their place, the first being 1.</summary>
    public string? Answer { get; init; }

    /// <summary>The question that it answers; it helps to find passages.</summary>
    public string? Question { get; init; }

    /// <summary>Other answers to the same question, to say which of them support or contradict each claim.</summary>
    public IReadOnlyList<OtherAnswer>? Others { get; init; }

    /// <summary>The documents to check against. Exactly one of <see cref="Documents"/> and <see cref="Collection"/> is given.</summary>
    public IReadOnlyList<InlineDocument>? Documents { get; init; }

    /// <summary>The id of a stored collection to check against.</summary>
    public Guid? Collection { get; init; }

    /// <summary>The most passages that the claims are held against.</summary>
    public int? MaxPassages { get; init; }

    /// <summary>How claims are held against passages; by a judge model where one is configured.</summary>
    public EvidenceMatching? Matching { get; init; }

    /// <summary>What becomes of claims that are not supported; marked by default.</summary>
    public UnsupportedClaims? Unsupported { get; init; }

    /// <summary>The stored run because of which the answer is checked, such as the one that gave it. Kept in the record; it decides nothing.</summary>
    public Guid? ParentRunId { get; init; }
}

/// <summary>A document that comes with a request and is not kept as such.</summary>
public sealed record InlineDocument
{
    /// <summary>Its content: the text; of <c>application/pdf</c> its bytes in Base64.</summary>
    public string? Content { get; init; }

    /// <summary>What the content is: <c>text/plain</c> (by default), <c>text/markdown</c>, <c>text/html</c> or <c>application/pdf</c>.</summary>
    public string? MediaType { get; init; }

    /// <summary>What it is called.</summary>
    public string? Title { get; init; }

    /// <summary>Where it comes from: an address, a file, a register.</summary>
    public string? Source { get; init; }

    /// <summary>Under which terms it may be used, such as an SPDX expression.</summary>
    public string? Licence { get; init; }
}

/// <summary>Another answer to the same question.</summary>
public sealed record OtherAnswer
{
    /// <summary>Who wrote it.</summary>
    public string? Model { get; init; }

    /// <summary>What it says.</summary>
    public string? Text { get; init; }
}
