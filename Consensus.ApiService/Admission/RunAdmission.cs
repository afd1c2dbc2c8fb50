using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Admission;

/// <summary>Lets runs and their judging begin: how many calls each may cause, how many a key may have going, what a key may spend in a day.</summary>
internal sealed class RunAdmission(RunLeases leases, DailyBudgets budgets, KeyHolder keys, PanelFanOut fanOut, IOptions<AdmissionOptions> options)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Lets a run begin, or says why not.</summary>
    /// <returns>The reason, or what is to be disposed of when the run has ended and is stored.</returns>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">What was spent cannot be read.</exception>
    public async Task<RunEntry> EnterAsync(RunPlan plan)
    {
        var own = plan.KeyId is { } named ? keys.Ring.Named(named)?.Limits : null;
        if (Excess(plan, own?.CallsPerRun ?? options.Value.MaxCallsPerRun) is { } violation)
        {
            return Refused("calls", Problem.Of([violation], 1));
        }

        if (plan.KeyId is not { } key)
        {
            return new RunEntry(null, null);
        }

        var most = own?.ConcurrentRuns ?? options.Value.ConcurrentRuns;
        if (await leases.TryEnterAsync(key, most) is not { } lease)
        {
            return Refused("concurrency", new Problem(ErrorCatalog.TooManyRuns, $"The key may have {most} runs at a time.") { RetryAfter = Again });
        }

        try
        {
            if ((own?.DailyCostUsd ?? options.Value.DailyCostUsd) is not { } budget)
            {
                return new RunEntry(null, lease);
            }

            var (problem, reservation) = await budgets.TryReserveAsync(key, budget, WorstCase.Of(plan, fanOut), plan.CreatedAt);
            if (problem is null)
            {
                return new RunEntry(null, new HeldRun(lease, reservation!));
            }

            await lease.DisposeAsync();
            return Refused("budget", problem);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Why a key may have no more runs judged today; <c>null</c>: it may.</summary>
    /// <exception cref="Storage.Runs.RunLogUnavailableException">What was spent cannot be read.</exception>
    public async Task<Problem?> FindJudgingRefusalAsync(string? keyId)
    {
        if (keyId is null || (keys.Ring.Named(keyId)?.Limits?.DailyCostUsd ?? options.Value.DailyCostUsd) is not { } budget
            || await budgets.FindSpentAsync(keyId, budget) is not { } problem)
        {
            return null;
        }

        AdmissionMetrics.Refused("budget");
        return problem;
    }

    private static RunEntry Refused(string limit, Problem problem)
    {
        AdmissionMetrics.Refused(limit);
        return new RunEntry(problem, null);
    }

    private static FieldError? Excess(RunPlan plan, int most)
    {
        var (panel, steps) = (CallBound.OfPanel(plan), CallBound.OfSteps(plan));
        return panel + steps <= most ? null : new FieldError(
            panel > most ? "samplesPerModel" : "strategy", FieldCodes.TooMany.Code,
            steps == 0
                ? $"{plan.Models.Count} models × {plan.SamplesPerModel} samples are {panel} calls; at most {most} are allowed for a run."
                : $"{plan.Models.Count} models × {plan.SamplesPerModel} samples and the steps of {plan.Strategy} may come to {panel + steps} calls; "
                    + $"at most {most} are allowed for a run.",
            Reading.Allowed.Words($"at most {most} calls"));
    }

    private sealed class HeldRun(IAsyncDisposable lease, IDisposable reservation) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            reservation.Dispose();
            return lease.DisposeAsync();
        }
    }
}

/// <summary>What came of a run that asked to begin.</summary>
/// <param name="Refused">Why it may not; <c>null</c>: it may.</param>
/// <param name="Held">To be disposed of when it has ended; <c>null</c> where nothing is held.</param>
internal readonly record struct RunEntry(Problem? Refused, IAsyncDisposable? Held);
