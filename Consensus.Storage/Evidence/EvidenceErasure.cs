namespace Consensus.Storage.Evidence;

/// <summary>What came of an attempt to delete something from the evidence store.</summary>
public enum EvidenceErasure
{
    /// <summary>It was there and is gone.</summary>
    Erased,

    /// <summary>There is no such thing.</summary>
    NotThere,

    /// <summary>It belongs to another key and stays.</summary>
    NotAllowed,
}
