using System.Data.Common;
using System.Security.Cryptography;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Audit.Recording;

/// <summary>What is recorded of runs: that they were stored, and a keyed digest of the record by which an edit shows.</summary>
internal static class RunAudit
{
    /// <summary>A run that has ended was stored; of one that has not, nothing is recorded yet.</summary>
    public static void Stored(this AuditStatements audit, PreparedRun run, DateTimeOffset now)
    {
        if (ActionOf(run.Status) is { } action)
            audit.Stored(action, StoredValue.Id(run.RunId), run.KeyId, run.Hash, now);
    }

    /// <summary>A run was found interrupted, and failed where it stands.</summary>
    public static void Interrupted(this AuditStatements audit, DbConnection connection, Guid runId, long runSeq, DateTimeOffset now) =>
        audit.Stored(AuditAction.RunFailed, runId, keyId: null, RunRecordHash.Of(connection, runSeq), now);

    /// <summary>A run is about to be erased on its own: its tombstone.</summary>
    public static void Deleting(this AuditStatements audit, DbConnection connection, Guid runId, long runSeq, string? by, DateTimeOffset now) => audit.Append(
        new AuditNote(
            AuditAction.RunDeleted, AuditSubjects.Run, runId.ToString("D"), by, new("digest", audit.Digest(RunRecordHash.Of(connection, runSeq))),
            new("entry", audit.FindRunEntry(runId))),
        now);

    /// <summary>A run was labelled.</summary>
    /// <param name="audit">The trail.</param>
    /// <param name="runId">The run.</param>
    /// <param name="values">The label as it is stored.</param>
    /// <param name="by">Who said so.</param>
    /// <param name="now">When.</param>
    public static void Labelled(this AuditStatements audit, Guid runId, IEnumerable<object> values, string? by, DateTimeOffset now)
    {
        var label = string.Join('\n', values.Select(static value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)));
        var digest = audit.Digest(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(label)));
        audit.Append(new AuditNote(AuditAction.RunLabelled, AuditSubjects.Run, runId.ToString("D"), by, new AuditDetail("digest", digest)), now);
    }

    /// <summary>A run was decided again, to compare.</summary>
    /// <param name="audit">The trail.</param>
    /// <param name="report">What came of it.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="now">When.</param>
    public static bool Replayed(this AuditStatements audit, ReplayReport report, string? by, DateTimeOffset now)
    {
        audit.Append(
            new AuditNote(
                AuditAction.RunReplayed, AuditSubjects.Run, report.RunId.ToString("D"), by, new("strategy", report.Strategy), new("quorum", report.Quorum),
                new("whatIf", report.IsWhatIf ? 1 : 0), new("differences", report.Differences.Count),
                new("codeVersion", report.Versions.First(static version => version.Name == "code").Is)),
            now);
        return true;
    }

    private static void Stored(this AuditStatements audit, AuditAction action, Guid runId, string? keyId, byte[] hash, DateTimeOffset now) =>
        audit.Append(new AuditNote(action, AuditSubjects.Run, runId.ToString("D"), keyId, new AuditDetail("digest", audit.Digest(hash))), now);

    private static AuditAction? ActionOf(RunStatus status) => status switch
    {
        RunStatus.Completed => AuditAction.RunCompleted,
        RunStatus.Failed => AuditAction.RunFailed,
        RunStatus.Cancelled => AuditAction.RunCancelled,
        _ => null,
    };
}
