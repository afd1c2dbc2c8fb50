namespace Consensus.ApiService.FanOut;

/// <summary>What one fan-out asks, until when, and on whose account.</summary>
/// <param name="Calls">The calls, in the order in which they would be made.</param>
/// <param name="Deadline">Until when, from its begin.</param>
/// <param name="Ledger">The run's ledger.</param>
internal sealed record FanOutPart(IReadOnlyList<PanelCall> Calls, TimeSpan Deadline, CostLedger Ledger);
