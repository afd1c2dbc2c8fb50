using Consensus.ApiService.Evidence;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Retention;
using Consensus.Storage.Evidence;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Retention;

/// <summary>Purges by the policy in force, one purge at a time, and counts what it does.</summary>
internal sealed partial class RetentionPurger(RunLog log, EvidenceRecords evidence, RetentionSettings settings, TimeProvider time, ILogger<RetentionPurger> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The right to purge until it is disposed; null while somebody else has it.</summary>
    public Turn? TryBegin() => _one.Wait(0) ? new Turn(_one) : null;

    /// <summary>How everything stands to the policy now.</summary>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read.</exception>
    public async Task<RetentionSurvey> SurveyAsync(CancellationToken cancellationToken)
    {
        var survey = await log.SurveyAsync(settings.Policy, cancellationToken);
        RetentionMetrics.Stands(survey);
        return survey;
    }

    /// <summary>Purges, or in a dry run counts what is due and tells of it in the audit.</summary>
    /// <param name="turn">The right to do so.</param>
    /// <param name="source">Who wants it.</param>
    /// <param name="keyId">The API key's name.</param>
    /// <param name="dryRun">Whether nothing is to be erased.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="RunLogUnavailableException">The run log cannot be written or read.</exception>
    public async Task<PurgeReceipt> PurgeAsync(Turn turn, PurgeSource source, string? keyId, bool dryRun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var order = new PurgeOrder(settings.Policy, source, keyId, dryRun, settings.BatchRows);
        if (dryRun)
        {
            return await log.PurgeAsync(order, told: null, cancellationToken);
        }

        try
        {
            var receipt = await log.PurgeAsync(order, RetentionMetrics.Purged, cancellationToken);
            RetentionMetrics.Ended(source, completed: true, time.GetUtcNow());
            await SurveyAsync(cancellationToken);
            await SweepAsync(cancellationToken);
            if (receipt.Tables.Sum(static table => table.ByAge + table.ByRows) is > 0 and var rows)
            {
                LogPurged(rows, receipt.Tables.Sum(static table => table.OwnedRows), receipt.PurgeId, receipt.BytesBefore, receipt.BytesAfter);
            }

            return receipt;
        }
        catch
        {
            RetentionMetrics.Ended(source, completed: false, time.GetUtcNow());
            throw;
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Evidence records go with their runs.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await evidence.SweepAsync(cancellationToken) is > 0 and var records)
            {
                LogSwept(records);
            }
        }
        catch (EvidenceUnavailableException fault)
        {
            LogNotSwept(fault);
        }
    }

    [LoggerMessage(LogLevel.Information, "Retention: {Records} evidence records went with their runs")]
    private partial void LogSwept(int records);

    [LoggerMessage(LogLevel.Warning, "Retention: the evidence records of purged runs could not be erased; it is tried again")]
    private partial void LogNotSwept(Exception fault);

    [LoggerMessage(LogLevel.Information, "Retention: {Rows} rows and {OwnedRows} that belonged to them are purged (purge {PurgeId}); the run log had {BytesBefore} bytes and has {BytesAfter}")]
    private partial void LogPurged(long rows, long ownedRows, Guid purgeId, long bytesBefore, long bytesAfter);

    /// <summary>The right to purge.</summary>
    public sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
