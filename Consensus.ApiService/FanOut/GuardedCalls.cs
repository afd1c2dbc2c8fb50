using System.Diagnostics.CodeAnalysis;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>
/// The questions that one step asks: each within the run's deadline and on its ledger. A call that ignores its cancellation is given up as in a fan-out. Safe for
/// concurrent use.
/// </summary>
internal sealed class GuardedCalls(PanelFanOut fanOut, RunBudget budget, CancellationToken callerGone)
{
    private readonly Lock gate = new();
    private readonly List<GuardedCall> calls = [];

    /// <summary>Every question so far, in the order asked.</summary>
    public IReadOnlyList<GuardedCall> All
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>Whether a question found the run's deadline passed.</summary>
    public bool DeadlinePassed { get; private set; }

    /// <summary>Whether a question was cut because the caller went away.</summary>
    public bool CallerGone { get; private set; }

    /// <summary>Asks one model. Every failure is a value.</summary>
    public async Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken)
    {
        var made = new GuardedCall(call.Model, fanOut.Time.GetTimestamp());
        lock (gate)
        {
            calls.Add(made);
        }

        return made.Reply = await AskGuardedAsync(call, cancellationToken);
    }

    private async Task<ModelReply> AskGuardedAsync(ModelCall call, CancellationToken cancellationToken)
    {
        if (callerGone.IsCancellationRequested)
        {
            CallerGone = true;
            return Failures.Of(FailureReason.Cancelled, "Not asked: the caller went away.");
        }

        var left = budget.TimeLeft;
        if (left == TimeSpan.Zero)
        {
            DeadlinePassed = true;
            return Failures.Of(FailureReason.Timeout, "Not asked: the run's deadline had passed.");
        }

        if (fanOut.Stuck.IsFull(call.Model))
        {
            return Failures.TooManyStuck();
        }

        var worst = budget.IsCapped ? fanOut.WorstCaseCost(call) : null;
        if (!budget.Ledger.TryReserve(worst))
        {
            return Failures.OverCap(worst);
        }

        // A little longer than the run has left, so that a call that ends by its own time ends after the run's deadline.
        var reply = await FlyAsync(call with { Timeout = left + PanelFanOut.Lag }, left, cancellationToken);
        budget.Ledger.Settle(worst ?? 0, reply);
        return reply;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "A call that was given up may still hold the token; the source has neither timer nor link to release.")]
    private async Task<ModelReply> FlyAsync(ModelCall call, TimeSpan left, CancellationToken cancellationToken)
    {
        var flight = new CancellationTokenSource();
        using var lapse = new CancellationTokenSource(left, fanOut.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lapse.Token, callerGone, cancellationToken);
        var startedAt = fanOut.Time.GetTimestamp();
        var asking = fanOut.AskOneAsync(call, flight.Token);
        try
        {
            return await asking.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            var end = callerGone.IsCancellationRequested ? FanOutEnd.CallerGone : lapse.IsCancellationRequested ? FanOutEnd.Deadline : FanOutEnd.Enough;
            CallerGone |= end == FanOutEnd.CallerGone;
            DeadlinePassed |= end == FanOutEnd.Deadline;
            var waited = fanOut.Time.GetElapsedTime(startedAt);
            fanOut.Observe(flight.CancelAsync());
            return Failures.Cut(end, await LateAsync(call.Model, asking), waited);
        }
    }

    /// <summary>What a cut call still tells of its attempts and cost; <c>null</c> for one that is given up.</summary>
    private async Task<ModelReply?> LateAsync(string model, Task<ModelReply> asking)
    {
        try
        {
            return await asking.WaitAsync(PanelFanOut.Grace, fanOut.Time);
        }
        catch (TimeoutException)
        {
            fanOut.Stuck.Add(model);
            fanOut.LogGivenUp(model);
            _ = asking.ContinueWith(_ => fanOut.Stuck.Remove(model), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return null;
        }
    }
}

/// <summary>One question of a step.</summary>
/// <param name="model">Who is asked.</param>
/// <param name="startedAt">When, as a time stamp.</param>
internal sealed class GuardedCall(string model, long startedAt)
{
    public string Model => model;

    public long StartedAt => startedAt;

    /// <summary>What came of it; <c>null</c> while it is going.</summary>
    public ModelReply? Reply { get; set; }
}
