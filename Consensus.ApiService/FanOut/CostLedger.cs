using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>
/// Keeps a run under its cost cap: what has been spent and what the calls in flight may cost at worst never exceed it together. A call whose cost is never learned
/// keeps its worst case, since it may still be billed. Safe for concurrent use.
/// </summary>
/// <param name="capUsd">The cap; <c>null</c> lets everything pass.</param>
internal sealed class CostLedger(decimal? capUsd)
{
    private readonly Lock gate = new();
    private decimal committed;

    /// <summary>Spent and reserved, in US dollars.</summary>
    public decimal CommittedUsd
    {
        get
        {
            lock (gate)
            {
                return committed;
            }
        }
    }

    /// <summary>Reserves the worst case of a call. A call without a price cannot be kept under a cap and is refused.</summary>
    /// <returns>Whether the call may be made.</returns>
    public bool TryReserve(decimal? worstCaseUsd)
    {
        if (capUsd is not { } cap)
        {
            return true;
        }

        lock (gate)
        {
            if (worstCaseUsd is not { } worst || committed + worst > cap)
            {
                return false;
            }

            committed += worst;
            return true;
        }
    }

    /// <summary>Puts the actual cost in the place of what was reserved for a call, where it is known.</summary>
    public void Settle(decimal reservedUsd, ModelReply reply)
    {
        if (reply.MayBeBilled || (reply.CostUsd is null && (reply.InputTokens ?? reply.OutputTokens) is not null))
        {
            return;
        }

        lock (gate)
        {
            committed += (reply.CostUsd ?? 0) - reservedUsd;
        }
    }
}
