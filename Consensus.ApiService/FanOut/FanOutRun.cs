using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>
/// One fan-out. Calls hand themselves over through a channel as they land, and a single loop takes them, so the state needs no locks. The loop waits for a landing,
/// the deadline or the caller, never for a particular call: one that ignores its cancellation is given up after <see cref="PanelFanOut.Grace"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A call that was given up may still hold the token; the source has neither timer nor link to release.")]
internal sealed class FanOutRun(PanelFanOut fanOut, RunPlan plan, Action<FinishedCall, int>? finished)
{
    // In the last eighth of the deadline a new wave would hardly come back: what is in flight is waited for instead.
    private const int LateShare = 8;

    private readonly IReadOnlyList<PanelCall> panel = PanelCall.Of(plan);
    private readonly CostLedger ledger = new(plan.MaxCostUsd);
    private readonly Channel<Flight> landings = Channel.CreateUnbounded<Flight>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource calls = new();
    private readonly List<Flight> flights = [];
    private readonly long startedAt = fanOut.Time.GetTimestamp();
    private int inFlight;
    private volatile bool cut;
    private TimeSpan needed;

    public async Task<PanelAnswers> RunAsync(CancellationToken callerGone)
    {
        using var deadline = new CancellationTokenSource(plan.Deadline, fanOut.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(callerGone, deadline.Token);
        var end = FanOutEnd.CallerGone;
        try
        {
            stop.Token.ThrowIfCancellationRequested();
            end = plan.EarlyStop == EarlyStop.Adaptive ? await AskInWavesAsync(stop.Token) : await AskAllAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            end = callerGone.IsCancellationRequested ? FanOutEnd.CallerGone : FanOutEnd.Deadline;
        }

        if (inFlight > 0)
        {
            await CutAsync(end);
        }

        else if (end == FanOutEnd.Complete && TimeLeft() == TimeSpan.Zero && flights.Any(f => f.Finished!.Reply.Failure == FailureReason.Timeout))
        {
            // The calls' own time was noticed before the run's.
            end = FanOutEnd.Deadline;
        }

        return new PanelAnswers { Calls = [.. flights.Select(f => f.Finished!)], End = end, PanelSize = panel.Count, Needed = needed };
    }

    private async Task<FanOutEnd> AskAllAsync(CancellationToken stop)
    {
        var all = Start(panel.Count);
        return await WaitAsync(all, Timeout.InfiniteTimeSpan, IsCertain, stop) ? FanOutEnd.Enough : FanOutEnd.Complete;

        bool IsCertain() => plan.EarlyStop == EarlyStop.Certain && EarlyStopping.IsCertain(Asked(), [.. flights.Select(f => f.Finished is null)]);
    }

    private async Task<FanOutEnd> AskInWavesAsync(CancellationToken stop)
    {
        while (true)
        {
            var left = panel.Count - flights.Count;
            if (left + inFlight == 0)
            {
                return FanOutEnd.Complete;
            }

            if (IsEnough())
            {
                return FanOutEnd.Enough;
            }

            if (left == 0 || (inFlight > 0 && TimeLeft() < plan.Deadline / LateShare))
            {
                await WaitAsync([.. flights], Timeout.InfiniteTimeSpan, IsEnough, stop);
                continue;
            }

            // A wave with a slow call holds up the next one for at most half of the time that is left; the call stays in flight.
            var wave = Start(AdaptiveWaves.Size(Asked(), left, inFlight, Limits.AdaptiveStopThreshold));
            await WaitAsync(wave, TimeLeft() / 2, static () => false, stop);
        }

        bool IsEnough() =>
            flights.Count > 0 && EarlyStopping.IsEnough(Asked(), panel.Count - flights.Count + inFlight, Limits.AdaptiveStopThreshold);
    }

    /// <summary>Asks the next calls of the panel, as far as the budget lets it.</summary>
    private List<Flight> Start(int count)
    {
        var wave = new List<Flight>(count);
        for (var i = 0; i < count; i++)
        {
            var flight = new Flight(panel[flights.Count], fanOut.Time.GetTimestamp(), fanOut.Stuck);
            flights.Add(flight);
            wave.Add(flight);
            inFlight++;
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
        var call = flight.Call.Call with { Timeout = TimeLeft() + PanelFanOut.Lag };
        Land(flight, await fanOut.AskOneAsync(call, calls.Token));
    }

    private void Land(Flight flight, ModelReply reply)
    {
        flight.Land(reply, inTime: !cut);
        landings.Writer.TryWrite(flight);
    }

    /// <summary>Takes landings until all of a wave have ended, its patience is over or <paramref name="enough"/> says so after one of them.</summary>
    /// <returns>Whether it was enough.</returns>
    private async Task<bool> WaitAsync(IReadOnlyList<Flight> wave, TimeSpan patience, Func<bool> enough, CancellationToken stop)
    {
        var began = fanOut.Time.GetTimestamp();
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
                if (inFlight > 0 && enough())
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
            var whole = fanOut.Time.GetElapsedTime(began);
            needed += slowest < whole ? slowest : whole;
        }

        return false;
    }

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
        inFlight--;
        finished?.Invoke(flight.Finished, flights.Count);
    }

    /// <summary>Ends what is going. What landed before counts; the rest gets a short grace to say what it has used.</summary>
    private async Task CutAsync(FanOutEnd end)
    {
        cut = true;
        var cutAt = fanOut.Time.GetTimestamp();
        if (end == FanOutEnd.Deadline)
        {
            // The calls' own time is up as well: one that ends by it tells the model's breaker more than a cancelled one.
            await DrainAsync(PanelFanOut.Grace / 2);
        }

        if (inFlight > 0)
        {
            fanOut.Observe(calls.CancelAsync());
            await DrainAsync(PanelFanOut.Grace - fanOut.Time.GetElapsedTime(cutAt));
        }

        foreach (var flight in flights.Where(f => f.Finished is null))
        {
            flight.GiveUp();
            fanOut.LogGivenUp(flight.Call);
            Cut(flight, late: null);
        }

        async Task DrainAsync(TimeSpan patience)
        {
            using var lapse = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, fanOut.Time);
            try
            {
                while (inFlight > 0)
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

    private TimeSpan TimeLeft()
    {
        var left = plan.Deadline - fanOut.Time.GetElapsedTime(startedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>What the panel has said so far; those still going have no text.</summary>
    private DecisionInput Asked() => plan.Decision with
    {
        Candidates = [.. flights.Select(f => new CandidateText(f.Call.Model.Id, f.Call.Model.Family, f.Finished?.Reply.Text))],
    };
}
