using Consensus.ApiService.Gates;
using Consensus.ApiService.Runs.Live;
using Consensus.Contracts.Runs;
using Consensus.Storage.Idempotency;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>The one door through which runs begin, whatever the protocol that they were asked for by.</summary>
internal sealed class RunStarter(
    LiveRuns live, RunClaims claims, AggregateConductor aggregates, PolicyHolder policies, RunRecorder recorder, TimeProvider time)
{
    /// <summary>Begins a panel run that answers its caller alone, and waits for its end.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="watch">Sees it happen; <c>null</c> when nobody watches.</param>
    /// <param name="instance">The path of the request.</param>
    /// <param name="callerGone">Cancelled when the caller goes away, which cancels the run.</param>
    /// <exception cref="RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public Task<ConsensusResponse> ConductAsync(RunPlan plan, IRunWatcher? watch, string instance, CancellationToken callerGone) =>
        live.Begin(PolicyGate.Admit(plan, policies.Current), Begun(plan), new RunManner(false, false, true, instance, callerGone), watch: watch).Ended;

    /// <summary>Begins a panel run, or finds the one that the same request has begun before.</summary>
    /// <exception cref="RunLogUnavailableException">The run is to outlive its request and could not be stored: it was not begun.</exception>
    public async Task<RunStart> StartAsync(RunPlan plan, RunManner manner, IdempotencyClaim? claim)
    {
        var begun = Begun(plan);
        if (claim is null)
        {
            if (manner.Outlives)
            {
                await recorder.BeginAsync(begun, plan.KeyId);
            }

            return new RunStart(Live: live.Begin(PolicyGate.Admit(plan, policies.Current), begun, manner));
        }

        var (earlier, held) = await ClaimAsync(claim, recorder.RecordOf(begun, plan.KeyId), plan.Deadline);
        return earlier ?? new RunStart(Live: live.Begin(PolicyGate.Admit(plan, policies.Current), begun, manner, held));
    }

    /// <summary>Decides on answers that the caller brought, or finds the run of the same request.</summary>
    /// <exception cref="RunLogUnavailableException">The run could not be stored.</exception>
    public async Task<RunStart> AggregateAsync(AggregatePlan plan, IdempotencyClaim? claim)
    {
        if (claim is null)
        {
            return new RunStart(Ended: await aggregates.ConductAsync(plan));
        }

        var (earlier, held) = await ClaimAsync(claim, recorder.RecordOf(Begun(plan), plan.Run.KeyId), TimeSpan.Zero);
        await using (held)
        {
            return earlier ?? new RunStart(Ended: await aggregates.ConductAsync(plan));
        }
    }

    private async Task<(RunStart? Earlier, IAsyncDisposable? Held)> ClaimAsync(IdempotencyClaim claim, RunRecord begun, TimeSpan deadline)
    {
        if (await claims.FindAsync(claim) is { } found)
        {
            return (found, null);
        }

        if (await claims.TryLockAsync(claim, deadline) is not { } held)
        {
            // Taken between the look and the lock, or by a process with a run log of its own.
            return (await claims.FindAsync(claim) ?? new RunStart(Refused: RunClaims.InFlight(null)), null);
        }

        try
        {
            if (await claims.BeginAsync(begun, claim) is not { } earlier)
            {
                return (null, held);
            }

            await held.DisposeAsync();
            return (earlier, null);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    private ConsensusResponse Begun(RunPlan plan) => new()
    {
        RunId = plan.RunId,
        RequestId = plan.RequestId,
        Kind = RunKind.Consensus,
        Status = RunStatus.Running,
        Strategy = plan.Strategy,
        Request = plan.Request,
        CreatedAt = plan.CreatedAt,
        StartedAt = time.GetUtcNow(),
        Links = RunLinks.OfGoing(plan.RunId),
    };

    private ConsensusResponse Begun(AggregatePlan plan) => new()
    {
        RunId = plan.Run.RunId,
        RequestId = plan.Run.RequestId,
        Kind = RunKind.Aggregate,
        Status = RunStatus.Running,
        Strategy = plan.Decision.Strategy,
        Request = plan.Request,
        CreatedAt = plan.Run.CreatedAt,
        StartedAt = time.GetUtcNow(),
        Links = RunLinks.OfGoing(plan.Run.RunId),
    };
}
