using System.Diagnostics;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Runs;

/// <summary>What happens to every run that has ended, however it came about: it is counted, and stored before anyone is answered.</summary>
/// <param name="save">Stores a run durably.</param>
/// <param name="options">Whether runs are stored, and whether they must be.</param>
/// <param name="instance">This API process.</param>
/// <param name="logger">Where a run that could not be stored is named.</param>
/// <param name="jobWaits">Called when a judge job was stored.</param>
internal sealed partial class RunRecorder(
    Func<RunRecord, CancellationToken, Task> save, RunLogOptions options, string instance, ILogger<RunRecorder> logger, Action? jobWaits = null)
{
    /// <summary>Counts and stores a run. A caller who has gone away does not stop it.</summary>
    /// <param name="run">The run, whole: with its request and every candidate.</param>
    /// <param name="keyId">The key that it belongs to.</param>
    /// <param name="judge">The judge job that is stored with it; <c>null</c> for none.</param>
    /// <returns>The run, with links to what was stored.</returns>
    /// <exception cref="RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public async Task<ConsensusResponse> RecordAsync(ConsensusResponse run, string? keyId, NewJudgeJob? judge = null)
    {
        var clock = Stopwatch.GetTimestamp();
        try
        {
            return await SaveAsync(run, keyId, judge);
        }
        finally
        {
            RunMetrics.Record(run, Stopwatch.GetElapsedTime(clock));
        }
    }

    /// <summary>A run as it is handed to the log, under this process's name.</summary>
    public RunRecord RecordOf(ConsensusResponse run, string? keyId) => new(run, keyId, instance);

    /// <summary>Stores a run that begins and is to outlive its request.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored, required or not: nobody would find it again.</exception>
    public Task BeginAsync(ConsensusResponse run, string? keyId) => save(RecordOf(run, keyId), CancellationToken.None);

    /// <summary>Tries once more to store a run that could not be stored.</summary>
    /// <exception cref="RunLogUnavailableException">It still cannot.</exception>
    public async Task SaveAgainAsync(RunRecord record, CancellationToken cancellationToken)
    {
        await save(record, cancellationToken);
        if (record.Judge is not null)
        {
            jobWaits?.Invoke();
        }
    }

    /// <summary>Where a run will be found; <c>null</c> when runs are not stored.</summary>
    public string? LocationOf(Guid runId) => options.Enabled ? RunLinks.Self(runId) : null;

    private async Task<ConsensusResponse> SaveAsync(ConsensusResponse run, string? keyId, NewJudgeJob? judge)
    {
        if (!options.Enabled)
        {
            return run;
        }

        var stored = run with { Links = RunLinks.Of(run.RunId) };
        using var span = ApiTelemetry.Source.StartActivity(ApiTelemetry.StoreSpan);
        try
        {
            await save(new RunRecord(stored, keyId, instance, judge), CancellationToken.None);
            if (judge is not null)
            {
                jobWaits?.Invoke();
            }

            return stored;
        }
        catch (RunLogUnavailableException unavailable) when (!options.Required)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            RunMetrics.NotStored();
            LogNotStored(unavailable, run.RunId);
            return run;
        }
        catch (RunLogUnavailableException unavailable)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            RunMetrics.NotStored();
            throw new RunNotStoredException(new RunRecord(stored, keyId, instance, judge), unavailable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Run {RunId} is answered, but could not be stored")]
    private partial void LogNotStored(Exception unavailable, Guid runId);
}

/// <summary>A run has ended and could not be stored.</summary>
internal sealed class RunNotStoredException(RunRecord record, RunLogUnavailableException fault) : RunLogUnavailableException(fault.Message, fault.InnerException)
{
    /// <summary>What was to be stored.</summary>
    public RunRecord Record => record;
}

/// <summary>Where to go from a stored run.</summary>
internal static class RunLinks
{
    public static IReadOnlyDictionary<string, string> Of(Guid runId) => new Dictionary<string, string> { ["self"] = Self(runId), ["scores"] = $"{Self(runId)}/scores" };

    /// <summary>Of a run that is going.</summary>
    public static IReadOnlyDictionary<string, string> OfGoing(Guid runId) =>
        new Dictionary<string, string> { ["self"] = Self(runId), ["events"] = $"{Self(runId)}/events", ["cancel"] = $"{Self(runId)}/cancel" };

    public static string Self(Guid runId) => $"/v1/runs/{runId}";
}
