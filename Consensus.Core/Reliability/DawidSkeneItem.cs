namespace Consensus.Core.Reliability;

/// <summary>What one-coin Dawid–Skene has to know of an item.</summary>
/// <param name="Labels">How many labels it has, at least 1: of a closed question its options, of an open one the different answers that were given.</param>
/// <param name="Alternatives">
/// K, the effective number of answers it could have had, the right one among them; &gt; 1, not necessarily whole. Where it exceeds <paramref name="Labels"/>,
/// the rest of
/// the probability is that of an answer which nobody gave.
/// </param>
/// <param name="Gold">The right label where it is known, from 0; <c>null</c> where it is not.</param>
public readonly record struct DawidSkeneItem(int Labels, double Alternatives, int? Gold = null);
