namespace Consensus.Contracts.Fitting;

/// <summary>What became of a fitted document that was put in force.</summary>
/// <param name="Version">The version now in force.</param>
/// <param name="Changed">Whether another was in force before.</param>
/// <param name="Stored">Whether it is stored; without a run log it is kept in memory and gone when the process ends.</param>
public sealed record FittedReceipt(string Version, bool Changed, bool Stored);
