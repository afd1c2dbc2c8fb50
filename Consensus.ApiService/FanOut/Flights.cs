using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>
/// The calls of one fan-out: those to come, those on their way and those that have ended. Calls hand themselves over through a channel as they land, and a single
/// loop takes them, so the state needs no locks.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A call that was given up may still hold the token; the source has neither timer nor link to release.")]
internal sealed class Flights(PanelFanOut fanOut, RunPlan plan, FanOutPart part, Action<FinishedCall, int>? finished)
{
    private readonly IReadOnlyList<PanelCall> panel = part.Calls;
    private readonly CostLedger ledger = part.Ledger;
    private readonly Channel<Flight> landings = Channel.CreateUnbounded<Flight>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource calls = new();
    private readonly List<Flight> flights = [];
    private readonly long startedAt = fanOut.Time.GetTimestamp();
    private volatile bool cut;
    private TimeSpan needed;
    private long waitingSince;

    /// <summary>How many calls have not ended.</summary>
    public int InFlight { get; private set; }

    /// <summary>How many calls of the panel have not been asked.</summary>
    public int Left => panel.Count - flights.Count;

    /// <summary>Every call asked so far, in the order asked.</summary>
    public IReadOnlyList<Flight> All => flights;

    /// <summary>What is left of the deadline, at least zero.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var left = part.Deadline - fanOut.Time.GetElapsedTime(startedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>What the panel has said so far; those still going have no text.</summary>
    public DecisionInput Asked() => plan.Decision with
    {
        Candidates = [.. flights.Select(f => plan.Candidate(f.Call.Model.Id, f.Call.Model.Family, f.Finished?.Reply.Text))],
    };

    /// <summary>The end of the fan-out; nothing is in flight.</summary>
    public PanelAnswers Answers(FanOutEnd end) =>
        new() { Calls = [.. flights.Select(f => f.Finished!)], End = end, PanelSize = panel.Count, Needed = needed };

    /// <summary>Asks the next calls of the panel, as far as the budget lets it.</summary>
    public List<Flight> Start(int count)
    {
        // The first calls are on their way while the last are still being sent.
        waitingSince = fanOut.Time.GetTimestamp();
        var wave = new List<Flight>(count);
        for (var i = 0; i < count; i++)
        {
            var flight = new Flight(panel[flights.Count], fanOut.Time.GetTimestamp(), fanOut.Stuck);
            flights.Add(flight);
            wave.Add(flight);
            InFlight++;
        }

        foreach (var flight in wave)
        {
            var worst = plan.MaxCostUsd is null ? null : fanOut.WorstCaseCost(flight.Call.Call);
            if (fanOut.Stuck.IsFull(flight.Call.Model.Id))
            {
                Land(flight, Failures.TooManyStuck());
            }
            else if (!ledger.TryReserve(worst))
            {
                Land(flight, Failures.OverCap(worst));
            }
            else
            {
                flight.ReservedUsd = worst;
                _ = FlyAsync(flight);
            }
        }

        return wave;
    }

    // Ends by handing itself over and never throws, so nobody needs to await it.
    private async Task FlyAsync(Flight flight)
    {
        // A little longer than the run has left, so that a call that ends by its own time ends after the run's deadline.
        var call = flight.Call.Call with { Timeout = TimeLeft + PanelFanOut.Lag };
        Land(flight, await AskAsync(call));
    }

    /// <summary>Asks a model, and once more without the schema where it rejected the request with it: the messages say in words what is wanted.</summary>
    private async Task<ModelReply> AskAsync(ModelCall call)
    {
        var reply = await fanOut.AskOneAsync(call, calls.Token);
        if (reply.Failure != FailureReason.Rejected || call.Schema is null)
        {
            return reply;
        }

        var again = await fanOut.AskOneAsync(call with { Schema = null, Timeout = TimeLeft + PanelFanOut.Lag }, calls.Token);
        return again with { Attempts = reply.Attempts + again.Attempts, Latency = reply.Latency + again.Latency, MayBeBilled = reply.MayBeBilled || again.MayBeBilled };
    }

    private void Land(Flight flight, ModelReply reply)
    {
        flight.Land(reply, inTime: !cut);
        landings.Writer.TryWrite(flight);
    }

    /// <summary>Takes landings until all of a wave have ended, its patience is over or <paramref name="enough"/> says so after one of them.</summary>
    /// <returns>Whether it was enough.</returns>
    public async Task<bool> WaitAsync(IReadOnlyList<Flight> wave, TimeSpan patience, Func<bool> enough, CancellationToken stop)
    {
        using var lapse = new CancellationTokenSource(patience, fanOut.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lapse.Token);
        var slowest = TimeSpan.Zero;
        try
        {
            while (wave.Any(f => f.Finished is null))
            {
                var flight = await landings.Reader.ReadAsync(either.Token);
                Take(flight);
                slowest = flight.Reply!.Latency > slowest ? flight.Reply.Latency : slowest;
                if (InFlight > 0 && enough())
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            slowest = TimeSpan.MaxValue;
            stop.ThrowIfCancellationRequested();
        }
        finally
        {
            var whole = fanOut.Time.GetElapsedTime(waitingSince);
            waitingSince = fanOut.Time.GetTimestamp();
            needed += slowest < whole ? slowest : whole;
        }

        return false;
    }

    /// <summary>Cancels what is going, without waiting for it.</summary>
    public void Cancel() => fanOut.Observe(calls.CancelAsync());

    private void Take(Flight flight)
    {
        if (flight.ReservedUsd is { } reserved)
        {
            ledger.Settle(reserved, flight.Reply!);
        }

        Finish(flight, flight.Reply!, stoppedBy: null);
    }

    private void Finish(Flight flight, ModelReply reply, FanOutEnd? stoppedBy)
    {
        flight.Finished = new FinishedCall(flight.Call, reply, stoppedBy);
        InFlight--;
        finished?.Invoke(flight.Finished, flights.Count);
    }

    /// <summary>Ends what is going. What landed before counts; the rest gets a short grace to say what it has used.</summary>
    public async Task CutAsync(FanOutEnd end)
    {
        cut = true;
        var cutAt = fanOut.Time.GetTimestamp();
        if (end == FanOutEnd.Deadline)
        {
            // The calls' own time is up as well: one that ends by it tells the model's breaker more than a cancelled one.
            await DrainAsync(PanelFanOut.Grace / 2);
        }

        if (InFlight > 0)
        {
            Cancel();
            await DrainAsync(PanelFanOut.Grace - fanOut.Time.GetElapsedTime(cutAt));
        }

        foreach (var flight in flights.Where(f => f.Finished is null))
        {
            flight.GiveUp();
            fanOut.LogGivenUp(flight.Call.Model.Id);
            Cut(flight, late: null);
        }

        async Task DrainAsync(TimeSpan patience)
        {
            using var lapse = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, fanOut.Time);
            try
            {
                while (InFlight > 0)
                {
                    var flight = await landings.Reader.ReadAsync(lapse.Token);
                    if (flight.InTime)
                    {
                        Take(flight);
                    }
                    else
                    {
                        Cut(flight, flight.Reply);
                    }
                }
            }
            catch (OperationCanceledException) when (lapse.IsCancellationRequested)
            {
                // What has not come back by now is not waited for.
            }
        }

        void Cut(Flight flight, ModelReply? late) =>
            Finish(flight, Failures.Cut(end, late, fanOut.Time.GetElapsedTime(flight.StartedAt, cutAt)), end);
    }
}
