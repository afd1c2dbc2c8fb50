namespace Consensus.Core.Reliability;

/// <summary>One vote: a worker gives an item a label. A worker may vote on an item never, once or several times (each counts as an independent vote).</summary>
/// <param name="Item">The item, from 0.</param>
/// <param name="Worker">Who votes (a model, a judge, a person), from 0.</param>
/// <param name="Label">The label, from 0 to the item's number of labels less one.</param>
public readonly record struct DawidSkeneVote(int Item, int Worker, int Label);
