using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Contracts.Keys;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Audit.Recording;

/// <summary>What is recorded of everything that is no run: by versions and counts, never by what it says.</summary>
internal static class ChangeAudit
{
    /// <summary>A document came in force.</summary>
    public static bool Changed(this AuditStatements audit, bool isNew, AuditAction action, string kind, string version, string? source, string? by, DateTimeOffset now)
    {
        if (isNew)
            audit.Append(new AuditNote(action, kind, version, by, new AuditDetail("source", source)), now);
        return isNew;
    }

    /// <summary>A submission of scores was stored.</summary>
    public static void Scored(this AuditStatements audit, ScoreSubmission submission, ScoreReceipt receipt, string? by, DateTimeOffset now)
    {
        var scores = JsonBytes(submission);
        audit.Append(
            new AuditNote(
                AuditAction.ScoresStored, AuditSubjects.JudgeJob, submission.JobId.ToString("D"), by, new("stored", receipt.Stored), new("state", WireName.Of(receipt.State)),
                new("attempt", submission.Attempt), new("digest", audit.Digest(SHA256.HashData(scores)))),
            now);
    }

    /// <summary>A key was made: what it may do, never its secret.</summary>
    public static void Created(this AuditStatements audit, NewKey key, string? by, DateTimeOffset now) => audit.Append(
        new AuditNote(AuditAction.KeyCreated, AuditSubjects.Key, key.Name, by, new AuditDetail("scopes", string.Join(' ', key.Scopes))), now);

    /// <summary>A key was changed.</summary>
    public static void Changed(this AuditStatements audit, AuditAction action, string key, string? by, DateTimeOffset now) =>
        audit.Append(new AuditNote(action, AuditSubjects.Key, key, by, []), now);

    /// <summary>Results of benchmarks were published.</summary>
    public static void Published(this AuditStatements audit, IEnumerable<PublishedBenchmark> results, string? by, DateTimeOffset now)
    {
        foreach (var result in results.Where(static result => result.Created))
        {
            audit.Append(
                new AuditNote(AuditAction.BenchmarkPublished, AuditSubjects.Benchmark, result.Id.ToString("D"), by, new AuditDetail("sha256", result.Sha256)), now);
        }
    }

    /// <summary>A batch of rows was purged: the tombstones of the runs in it.</summary>
    /// <param name="audit">The trail.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="owned">How many rows of other tables went with them.</param>
    /// <param name="runs">The runs of the batch with the entries that recorded them; <c>null</c> for another table.</param>
    /// <param name="now">When.</param>
    public static void Purged(
        this AuditStatements audit, PurgeBatch batch, long rows, long owned, IReadOnlyList<(Guid RunId, long? Entry)>? runs, DateTimeOffset now)
    {
        string? digest = null;
        if (runs is not null)
            digest = audit.Digest(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', runs.Select(static run => run.RunId.ToString("D"))))));
        audit.Append(
            new AuditNote(
                AuditAction.Purged, AuditSubjects.Table, WireName.Of(batch.Rule.Table), batch.Order.KeyId,
                new("purgeId", batch.PurgeId.ToString("D")), new("source", WireName.Of(batch.Order.Source)), new("reason", WireName.Of(batch.Reason)),
                new("policyVersion", RetentionPolicies.VersionOf(batch.Order.Policy)),
                new("before", batch.CutOff is { } cutOff ? StoredEntry.TextOf(cutOff) : null), new("rows", rows), new("ownedRows", owned), new("digest", digest),
                new("entries", runs is null ? null : SeqRanges.Write(runs.Where(static run => run.Entry is not null).Select(static run => run.Entry!.Value))),
                new("withoutEntry", runs?.Count(static run => run.Entry is null))),
            now);
    }

    private static byte[] JsonBytes(ScoreSubmission submission) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(submission, ConsensusJson.Default.ScoreSubmission);
}
