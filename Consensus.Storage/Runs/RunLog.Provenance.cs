using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Provenance;

namespace Consensus.Storage.Runs;

/// <summary>What a run was decided by, and that it was decided again.</summary>
public sealed partial class RunLog
{
    /// <summary>
    /// What stands for the request of a run; <c>null</c> where the log is off, the run has no request or one without a canonical form, or the audit key
    /// cannot be read.
    /// </summary>
    /// <param name="run">The run with its request and, of an aggregate, every candidate.</param>
    public RequestHash? HashRequest(ConsensusResponse run)
    {
        try
        {
            return IsEnabled && RequestCanon.Sha256(run) is { } sha256 ? _trail.HashRequest(sha256) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nothing can be stored without the key either: that is told where it is stored.
            return null;
        }
    }

    /// <summary>
    /// Whether a stored request is the one that was hashed: false where it was redacted when it was stored, or edited since; <c>null</c> where that cannot
    /// be told, without a
    /// hash or the key that it was made with.
    /// </summary>
    /// <param name="run">The run as it is stored.</param>
    public bool? HoldsRequest(ConsensusResponse run)
    {
        try
        {
            return run.Provenance?.Request is { } hash && RequestCanon.Sha256(run) is { } sha256
                && _trail.HashRequest(sha256, hash.Key) is { } now ? now == hash : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Records in the audit trail that a run was decided again; the run itself is not touched.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="by">The key that asked for it; <c>null</c> without one.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task RecordReplayAsync(ReplayReport report, string? by, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(statements => statements.Audit.Replayed(report, by, now), cancellationToken);
    }
}
