namespace Consensus.Storage.Evidence;

/// <summary>The section <c>Evidence</c>.</summary>
public sealed class EvidenceOptions
{
    /// <summary>Whether collections and evidence records are stored at all.</summary>
    public bool Enabled { get; set; } = true;
}
