using System.Globalization;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Retention;

/// <summary>Says at start what is kept how long and what is due, then purges now and then. A failure is logged and tried again the next time.</summary>
internal sealed partial class RetentionSchedule(RetentionPurger purger, RunLog log, RetentionSettings settings, TimeProvider time, ILogger<RetentionSchedule> logger)
    : HostedLoop
{
    private long _next = long.MinValue;

    /// <summary>When it purges next; null when it does not.</summary>
    public DateTimeOffset? Next => Interlocked.Read(ref _next) is var ticks && ticks == long.MinValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        if (!log.IsEnabled)
        {
            return;
        }

        await GuardAsync(AnnounceAsync, stoppingToken);
        for (var pause = settings.StartDelay; settings.Enabled && !stoppingToken.IsCancellationRequested; pause = settings.Every)
        {
            Interlocked.Exchange(ref _next, (time.GetUtcNow() + pause).UtcTicks);
            await Task.Delay(pause, time, stoppingToken);
            await GuardAsync(PurgeAsync, stoppingToken);
            await GuardAsync(ArchiveAsync, stoppingToken);
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await log.PutPolicyAsync(cancellationToken);
        var survey = await purger.SurveyAsync(cancellationToken);
        var kept = string.Join(", ", settings.Policy.Rules.Select(Words));
        var holds = settings.Policy.HoldTags.Count == 0 ? "no tag holds runs" : $"{survey.HeldRuns} runs are held by the tags {string.Join(", ", settings.Policy.HoldTags)}";
        var due = survey.Tables.Where(static table => table.DueByAge + table.DueByRows > 0)
            .Select(static table => string.Create(CultureInfo.InvariantCulture, $"{table.DueByAge + table.DueByRows} {WireName.Of(table.Table)}"));
        if (!settings.Enabled)
        {
            LogOff(kept, holds);
        }
        else if (string.Join(", ", due) is { Length: > 0 } rows)
        {
            LogDue(kept, holds, rows, settings.StartDelay, settings.Every);
        }
        else
        {
            LogNothingDue(kept, holds, settings.StartDelay, settings.Every);
        }
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        using var turn = purger.TryBegin();
        if (turn is not null)
        {
            await purger.PurgeAsync(turn, PurgeSource.Schedule, keyId: null, dryRun: false, cancellationToken);
        }
    }

    private async Task ArchiveAsync(CancellationToken cancellationToken)
    {
        if (settings.ArchiveAfterDays is not { } days)
        {
            return;
        }

        try
        {
            var moved = await log.ArchiveAsync(time.GetUtcNow().AddDays(-days), dryRun: false, told: null, cancellationToken);
            ArchiveMetrics.Completed(moved, await log.MeasureArchiveAsync(cancellationToken));
            if (moved > 0)
            {
                LogArchived(moved, days);
            }
        }
        catch when (!cancellationToken.IsCancellationRequested)
        {
            ArchiveMetrics.Failed();
            throw;
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        try
        {
            await step(stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(fault);
        }
    }

    private static string Words(RetentionRule rule) => string.Create(CultureInfo.InvariantCulture, $"{WireName.Of(rule.Table)} {rule switch
    {
        { Days: { } days, MaxRows: { } rows } => $"{days} days and {rows} rows",
        { Days: { } days } => $"{days} days",
        { MaxRows: { } rows } => $"{rows} rows",
        _ => RetentionSettings.Unlimited,
    }}");

    [LoggerMessage(LogLevel.Warning, "Retention keeps {Kept}; {Holds}. TO BE ERASED: {Due}, the first time {Delay} after this start and then every {Every}. Retention:{{table}}:Days and Retention:HoldTags keep them")]
    private partial void LogDue(string kept, string holds, string due, TimeSpan delay, TimeSpan every);

    [LoggerMessage(LogLevel.Information, "Retention keeps {Kept}; {Holds}. Nothing is due now; what comes to be is erased {Delay} after this start and then every {Every}")]
    private partial void LogNothingDue(string kept, string holds, TimeSpan delay, TimeSpan every);

    [LoggerMessage(LogLevel.Information, "Retention would keep {Kept}; {Holds}. Nothing is erased by itself (Retention:Enabled is false)")]
    private partial void LogOff(string kept, string holds);

    [LoggerMessage(LogLevel.Information, "Retention: {Runs} runs that ended more than {Days} days ago moved into the archive")]
    private partial void LogArchived(long runs, int days);

    [LoggerMessage(LogLevel.Error, "Retention: the run log cannot be purged or archived; what was done by now stands in the audit, and it is tried again")]
    private partial void LogFailed(Exception fault);
}
