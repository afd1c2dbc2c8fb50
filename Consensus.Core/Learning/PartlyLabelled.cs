namespace Consensus.Core.Learning;

/// <summary>Votes on a question of which perhaps only this is known: that one answer is wrong.</summary>
/// <param name="Panel">The votes.</param>
/// <param name="Right">The cluster that is right, −1 when none is; <c>null</c> when that is not known.</param>
/// <param name="Wrong">Where the right one is not known: the cluster that is wrong.</param>
public sealed record PartlyLabelled(PanelVotes Panel, int? Right, int Wrong = 0);
