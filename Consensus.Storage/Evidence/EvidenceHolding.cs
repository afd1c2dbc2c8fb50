namespace Consensus.Storage.Evidence;

/// <summary>How much all collections hold together.</summary>
internal readonly record struct EvidenceHolding(long Documents, long Passages);
