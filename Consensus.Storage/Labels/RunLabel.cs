namespace Consensus.Storage.Labels;

/// <summary>What somebody knows of a run afterwards.</summary>
/// <param name="Right">Whether the run's answer is right; <c>null</c> when it has none.</param>
/// <param name="RightCluster">The id of the right cluster, −1 when none is; <c>null</c> when it is not known which.</param>
/// <param name="Gold">The right answer, as it was given; stored as the privacy level lets it.</param>
/// <param name="KeyId">The key that said so.</param>
public sealed record RunLabel(bool? Right, int? RightCluster, string? Gold, string? KeyId);
