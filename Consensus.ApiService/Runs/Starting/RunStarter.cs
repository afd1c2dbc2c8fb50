using Consensus.ApiService.Admission;
using Consensus.ApiService.Gates;
using Consensus.ApiService.Http;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Runs;
using Consensus.Storage.Idempotency;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>The one door through which runs begin, whatever the protocol that they were asked for by.</summary>
internal sealed class RunStarter(
    LiveRuns live, RunClaims claims, RunAdmission admission, AggregateConductor aggregates, PolicyHolder policies, RunRecorder recorder, TimeProvider time)
{
    /// <summary>Begins a panel run that answers its caller alone, and waits for its end.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="watch">Sees it happen; <c>null</c> when nobody watches.</param>
    /// <param name="instance">The path of the request.</param>
    /// <param name="callerGone">Cancelled when the caller goes away, which cancels the run.</param>
    /// <exception cref="RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    /// <returns>The run, or why a limit does not let it begin.</returns>
    public async Task<RunStart> ConductAsync(RunPlan plan, IRunWatcher? watch, string instance, CancellationToken callerGone)
    {
        var entry = await admission.EnterAsync(plan);
        if (entry.Refused is { } problem)
        {
            return Counted(new RunStart(Refused: problem), plan.Kind, instance);
        }

        var run = live.Begin(PolicyGate.Admit(plan, policies.Current), Begun(plan), new RunManner(false, false, IncludedParts.Candidates, instance, callerGone), entry.Held, watch);
        Counted(new RunStart(Live: run), plan.Kind, instance);
        return new RunStart(Ended: await run.Ended);
    }

    /// <summary>Begins a panel run, or finds the one that the same request has begun before.</summary>
    /// <exception cref="RunLogUnavailableException">The run is to outlive its request and could not be stored: it was not begun.</exception>
    public async Task<RunStart> StartAsync(RunPlan plan, RunManner manner, IdempotencyClaim? claim) =>
        Counted(await TryStartAsync(plan, manner, claim), plan.Kind, manner.Instance);

    private async Task<RunStart> TryStartAsync(RunPlan plan, RunManner manner, IdempotencyClaim? claim)
    {
        var begun = Begun(plan);
        if (claim is null)
        {
            var entry = await admission.EnterAsync(plan);
            if (entry.Refused is { } problem)
            {
                return new RunStart(Refused: problem);
            }

            if (manner.Outlives)
            {
                await HoldingAsync(entry.Held, () => recorder.BeginAsync(begun, plan.KeyId));
            }

            return new RunStart(Live: live.Begin(PolicyGate.Admit(plan, policies.Current), begun, manner, entry.Held));
        }

        var (earlier, held) = await ClaimAsync(claim, recorder.RecordOf(begun, plan.KeyId), plan.Deadline, () => admission.EnterAsync(plan));
        return earlier ?? new RunStart(Live: live.Begin(PolicyGate.Admit(plan, policies.Current), begun, manner, held));
    }

    /// <summary>Decides on answers that the caller brought, or finds the run of the same request.</summary>
    /// <exception cref="RunLogUnavailableException">The run could not be stored.</exception>
    public async Task<RunStart> AggregateAsync(AggregatePlan plan, IdempotencyClaim? claim)
    {
        if (claim is null)
        {
            return CountedAggregate(new RunStart(Ended: await aggregates.ConductAsync(plan)));
        }

        var (earlier, held) = await ClaimAsync(claim, recorder.RecordOf(Begun(plan), plan.Run.KeyId), TimeSpan.Zero, admit: null);
        await using (held)
        {
            return CountedAggregate(earlier ?? new RunStart(Ended: await aggregates.ConductAsync(plan)));
        }
    }

    private static RunStart Counted(RunStart start, RunKind kind, string instance) => StartMetrics.Record(start, kind, ApiPaths.ProtocolOf(instance));

    private static RunStart CountedAggregate(RunStart start) => StartMetrics.Record(start, RunKind.Aggregate, ApiPaths.OwnProtocol);

    /// <summary>Gives back what is held when something fails.</summary>
    private static async Task HoldingAsync(IAsyncDisposable? held, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch when (held is not null)
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>The run of an earlier request, or what a new one holds. Limits are asked when it is known to be new: the same request again costs nothing.</summary>
    private async Task<(RunStart? Earlier, IAsyncDisposable? Held)> ClaimAsync(
        IdempotencyClaim claim, RunRecord begun, TimeSpan deadline, Func<Task<RunEntry>>? admit)
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

        var all = new Several(held);
        RunStart? earlier = null;
        await HoldingAsync(all, async () =>
        {
            var entry = admit is null ? default : await admit();
            all.Add(entry.Held);
            earlier = entry.Refused is { } problem ? new RunStart(Refused: problem) : await claims.BeginAsync(begun, claim);
        });
        if (earlier is null)
        {
            return (null, all);
        }

        await all.DisposeAsync();
        return (earlier, null);
    }

    /// <summary>What is held for a run, given back together.</summary>
    private sealed class Several(IAsyncDisposable first) : IAsyncDisposable
    {
        private IAsyncDisposable? second;

        public void Add(IAsyncDisposable? held) => second = held;

        public async ValueTask DisposeAsync()
        {
            await first.DisposeAsync();
            if (second is not null)
            {
                await second.DisposeAsync();
            }
        }
    }

    private ConsensusResponse Begun(RunPlan plan) => new()
    {
        RunId = plan.RunId,
        RequestId = plan.RequestId,
        Kind = plan.Kind,
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
