using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.FanOut;

/// <summary>
/// One fan-out: whom to ask when, and when to stop. It waits for a landing, the deadline or the caller, never for a particular call: one that ignores its
/// cancellation is given up after <see cref="PanelFanOut.Grace"/>.
/// </summary>
internal sealed class FanOutRun(PanelFanOut fanOut, RunPlan plan, FanOutPart part, Action<FinishedCall, int>? finished)
{
    // In the last eighth of the deadline a new wave would hardly come back: what is in flight is waited for instead.
    private const int LateShare = 8;

    private readonly Flights flights = new(fanOut, plan, part, finished);

    public async Task<PanelAnswers> RunAsync(CancellationToken callerGone)
    {
        using var deadline = new CancellationTokenSource(part.Deadline, fanOut.Time);
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
        catch
        {
            // A fault of our own ends the run; it must not leave calls behind that nobody waits for.
            flights.Cancel();
            throw;
        }

        if (flights.InFlight > 0)
        {
            await flights.CutAsync(end);
        }
        else if (end == FanOutEnd.Complete && flights.TimeLeft == TimeSpan.Zero && flights.All.Any(f => f.Finished!.Reply.Failure == FailureReason.Timeout))
        {
            // The calls' own time was noticed before the run's.
            end = FanOutEnd.Deadline;
        }

        return flights.Answers(end);
    }

    private async Task<FanOutEnd> AskAllAsync(CancellationToken stop)
    {
        var all = flights.Start(flights.Left);
        return await flights.WaitAsync(all, Timeout.InfiniteTimeSpan, IsCertain, stop) ? FanOutEnd.Enough : FanOutEnd.Complete;

        bool IsCertain() =>
            plan.EarlyStop == EarlyStop.Certain && EarlyStopping.IsCertain(flights.Asked(), [.. flights.All.Select(f => f.Finished is null)]);
    }

    private async Task<FanOutEnd> AskInWavesAsync(CancellationToken stop)
    {
        while (flights.Left + flights.InFlight > 0)
        {
            if (IsEnough())
            {
                return FanOutEnd.Enough;
            }

            if (flights.Left == 0 || (flights.InFlight > 0 && flights.TimeLeft < part.Deadline / LateShare))
            {
                await flights.WaitAsync([.. flights.All], Timeout.InfiniteTimeSpan, IsEnough, stop);
                continue;
            }

            // A wave with a slow call holds up the next one for at most half of the time that is left; the call stays in flight.
            var wave = flights.Start(AdaptiveWaves.Size(flights.Asked(), flights.Left, flights.InFlight, Limits.AdaptiveStopThreshold));
            await flights.WaitAsync(wave, flights.TimeLeft / 2, static () => false, stop);
        }

        return FanOutEnd.Complete;

        bool IsEnough() =>
            flights.All.Count > 0 && EarlyStopping.IsEnough(flights.Asked(), flights.Left + flights.InFlight, Limits.AdaptiveStopThreshold);
    }
}
