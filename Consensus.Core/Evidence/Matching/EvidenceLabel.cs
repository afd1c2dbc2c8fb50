namespace Consensus.Core.Evidence.Matching;

/// <summary>What passages say of a claim.</summary>
public enum EvidenceLabel
{
    /// <summary>A passage bears it out.</summary>
    Supported,

    /// <summary>A passage says something that cannot be true together with it.</summary>
    Contradicted,

    /// <summary>The passages say too little to tell.</summary>
    NotEnough,
}
