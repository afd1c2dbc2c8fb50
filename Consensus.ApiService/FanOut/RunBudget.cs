namespace Consensus.ApiService.FanOut;

/// <summary>What a run that takes steps may still use: one ledger and one deadline for all of them.</summary>
internal sealed class RunBudget(TimeSpan deadline, decimal? capUsd, TimeProvider time)
{
    private readonly long startedAt = time.GetTimestamp();

    public CostLedger Ledger { get; } = new(capUsd);

    /// <summary>Whether calls need a price.</summary>
    public bool IsCapped => capUsd is not null;

    /// <summary>What is left of the deadline, at least zero.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var left = deadline - time.GetElapsedTime(startedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
