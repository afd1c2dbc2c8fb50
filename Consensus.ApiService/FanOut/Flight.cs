using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>A call on its way: from the moment it is asked to the moment the run has taken its end.</summary>
internal sealed class Flight(PanelCall call, long startedAt, StuckCalls stuck)
{
    private readonly Lock gate = new();
    private bool landed;
    private bool givenUp;

    public PanelCall Call => call;

    /// <summary>What is reserved for it in the ledger; <c>null</c> when it was never made or there is no cap.</summary>
    public decimal? ReservedUsd { get; set; }

    public long StartedAt => startedAt;

    /// <summary>What came back; set before the flight is handed over as landed.</summary>
    public ModelReply? Reply { get; private set; }

    /// <summary>Whether it came back before the fan-out was cut.</summary>
    public bool InTime { get; private set; }

    /// <summary>What the run took as its end; <c>null</c> while it is going.</summary>
    public FinishedCall? Finished { get; set; }

    /// <summary>The call has come back.</summary>
    public void Land(ModelReply reply, bool inTime)
    {
        lock (gate)
        {
            Reply = reply;
            InTime = inTime;
            landed = true;
            if (givenUp)
            {
                stuck.Remove(call.Model.Id);
            }
        }
    }

    /// <summary>The run goes on without waiting for it any longer.</summary>
    public void GiveUp()
    {
        lock (gate)
        {
            givenUp = !landed;
            if (givenUp)
            {
                stuck.Add(call.Model.Id);
            }
        }
    }
}
