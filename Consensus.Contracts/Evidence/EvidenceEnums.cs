using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Evidence;

/// <summary>What the passages say of a claim.</summary>
[JsonConverter(typeof(SnakeCaseEnum<EvidenceLabel>))]
public enum EvidenceLabel
{
    /// <summary>A passage bears it out.</summary>
    Supported,

    /// <summary>A passage says something that cannot be true together with it.</summary>
    Contradicted,

    /// <summary>The passages say too little to tell.</summary>
    NotEnough,
}

/// <summary>How claims are held against passages.</summary>
[JsonConverter(typeof(SnakeCaseEnum<EvidenceMatching>))]
public enum EvidenceMatching
{
    /// <summary>By their words alone; no model is asked.</summary>
    Lexical,

    /// <summary>A judge model says what follows; the objections of the words (another number, a denial, another name) overrule its support.</summary>
    Entailment,
}

/// <summary>What becomes of the claims that no passage bears out.</summary>
[JsonConverter(typeof(SnakeCaseEnum<UnsupportedClaims>))]
public enum UnsupportedClaims
{
    /// <summary>They stay in the text, each with a mark.</summary>
    Mark,

    /// <summary>They are left out of the text.</summary>
    Remove,
}

/// <summary>Why evidence mode gives no answer.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AbstainReason>))]
public enum AbstainReason
{
    /// <summary>The search found no passage; no model was asked.</summary>
    NoPassages,

    /// <summary>The panel came to no verdict.</summary>
    NoVerdict,

    /// <summary>The panel's answer is that the passages do not say.</summary>
    NotInPassages,

    /// <summary>No checkable claim of the answer is supported.</summary>
    NothingSupported,

    /// <summary>The answer makes no claim that could be checked.</summary>
    NothingToCheck,
}

/// <summary>Who says that a passage belongs to a claim.</summary>
[JsonConverter(typeof(SnakeCaseEnum<CitationSource>))]
public enum CitationSource
{
    /// <summary>The author of the answer alone, by a mark such as <c>[1]</c>.</summary>
    Answer,

    /// <summary>The matching of claims and passages alone.</summary>
    Matching,

    /// <summary>Both.</summary>
    Both,
}
