using Consensus.Storage.Runs.Fields;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Runs;

/// <summary>Which processes live, and what those left that do not.</summary>
public sealed partial class RunLog
{
    /// <summary>
    /// Marks this instance's unfinished runs as failed (<c>interrupted</c>); called once at start, before the instance begins a run. Returns how many.
    /// </summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public async Task<int> MarkInterruptedAsync(string instance, CancellationToken cancellationToken)
    {
        if (!IsEnabled)
            return 0;
        var now = _time.GetUtcNow();
        var count = await _writer.WriteAsync(statements => statements.Instances.Execute(instance, statements.Audit, now), cancellationToken);
        if (count > 0)
            LogInterrupted(count);
        return count;
    }

    /// <summary>
    /// Says that an instance of a shared log lives, and marks as failed (<c>interrupted</c>) what instances left that have not said so for the lease. To be called
    /// several times in each lease. One that only seemed to be gone may still store how its run really ended. Returns how many runs were marked.
    /// </summary>
    /// <param name="instance">The caller.</param>
    /// <param name="lease">How long an instance counts as alive after it said so; longer than clocks of the machines differ.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The log cannot be written.</exception>
    public async Task<int> SeeInstanceAsync(string instance, TimeSpan lease, CancellationToken cancellationToken)
    {
        if (!IsEnabled)
            return 0;
        var now = _time.GetUtcNow();
        var count = await _writer.WriteAsync(statements => statements.Instances.See(instance, lease, statements.Audit, now), cancellationToken);
        if (count > 0)
            LogInterrupted(count);
        return count;
    }

    /// <summary>Says that an instance ends: nothing is to wait for its lease.</summary>
    /// <exception cref="RunLogUnavailableException">The log cannot be written.</exception>
    public Task LeaveAsync(string instance, CancellationToken cancellationToken) =>
        IsEnabled ? _writer.WriteAsync(statements => statements.Instances.Leave(instance), cancellationToken) : Task.CompletedTask;

    /// <summary>The key that a run belongs to; <c>null</c> for none, or without such a run.</summary>
    /// <exception cref="RunLogUnavailableException">The log cannot be read.</exception>
    public Task<string?> FindOwnerAsync(Guid runId, CancellationToken cancellationToken) =>
        LookAsync(connection => connection.QuerySingleOrDefault<string?>("SELECT key_id FROM runs WHERE run_id = @id", new { id = StoredValue.Id(runId) }), cancellationToken);

    [LoggerMessage(LogLevel.Warning, "{Count} runs were left unfinished by an earlier process and are now failed: interrupted")]
    private partial void LogInterrupted(int count);
}
