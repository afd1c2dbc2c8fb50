using Consensus.ApiService.Errors;
using Consensus.ApiService.Runs.Live;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Idempotency;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>Claims of <c>Idempotency-Key</c>s: one request begins one run, however often it is sent, and is billed once.</summary>
internal sealed class RunClaims(RunLog log, LiveRuns live, InFlightLocks locks)
{
    /// <summary>When to ask again about a run that is going.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Beyond a run's deadline: the time to store it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>What the claim stands for already; <c>null</c> where a run may be begun.</summary>
    /// <exception cref="RunLogUnavailableException">Nobody can tell: then no run may be begun.</exception>
    public async Task<RunStart?> FindAsync(IdempotencyClaim claim) =>
        await log.FindClaimAsync(claim, CancellationToken.None) is { } earlier ? await OfAsync(earlier) : null;

    /// <summary>
    /// Takes the claim's lock among all processes; <c>null</c> where one of them works on it. Where they share a run log that alone decides: a lock would outlive a
    /// process that is killed before it has stored its claim.
    /// </summary>
    public Task<IAsyncDisposable?> TryLockAsync(IdempotencyClaim claim, TimeSpan deadline) =>
        log.IsShared ? Task.FromResult<IAsyncDisposable?>(InFlightLocks.None) : locks.TryTakeAsync(claim, deadline + Margin);

    /// <summary>Claims, and stores the run as it begins; gives what the claim stands for already, and then stores nothing.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored: then the run may not begin.</exception>
    public async Task<RunStart?> BeginAsync(RunRecord record, IdempotencyClaim claim) =>
        await log.BeginAsync(record, claim, CancellationToken.None) is { } earlier ? await OfAsync(earlier) : null;

    /// <summary>The answer to a request whose claim is being worked on.</summary>
    public static Problem InFlight(Guid? runId) => new(ErrorCatalog.IdempotencyInFlight)
    {
        RunId = runId,
        Location = runId is { } known ? RunLinks.Self(known) : null,
        RetryAfter = Again,
    };

    private async Task<RunStart> OfAsync(ClaimedRun earlier)
    {
        if (earlier.SameBody == false)
        {
            return new RunStart(Refused: new Problem(ErrorCatalog.IdempotencyKeyReused));
        }

        if (earlier.SameBody is null || await log.FindAsync(earlier.RunId, null, CancellationToken.None) is not { } run)
        {
            return new RunStart(Refused: new Problem(ErrorCatalog.RunErased));
        }

        return run.Status is RunStatus.Accepted or RunStatus.Running
            ? new RunStart(Going: live.Find(run.RunId)?.Now ?? run)
            : new RunStart(Ended: run, IsReplay: true);
    }
}
