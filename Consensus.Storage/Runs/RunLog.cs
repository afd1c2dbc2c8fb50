using Consensus.Contracts.Runs;

namespace Consensus.Storage.Runs;

/// <summary>The run log: one SQLite file, one writer that batches commits, readers on their own connections.</summary>
public sealed class RunLog
{
    /// <summary>Stores a run, or replaces the stored state of the same run (running → completed). Returns once it is durable.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task SaveAsync(RunRecord record, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Finds a run; with <paramref name="keyId"/> only if it belongs to that key.</summary>
    public Task<ConsensusResponse?> FindAsync(Guid runId, string? keyId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Lists runs, newest first, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    public Task<Page<RunSummary>> ListAsync(RunFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Erases a run; false when there is none (or not of this key).</summary>
    public Task<bool> DeleteAsync(Guid runId, string? keyId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Marks this instance's unfinished runs as failed (<c>interrupted</c>); called once at start. Returns how many.</summary>
    public Task<int> MarkInterruptedAsync(string instance, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Proves that the log can be written, for readiness.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot.</exception>
    public Task ProbeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>The run log cannot be written or read.</summary>
public sealed class RunLogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A cursor that this listing did not issue.</summary>
public sealed class InvalidCursorException(string message) : Exception(message);
