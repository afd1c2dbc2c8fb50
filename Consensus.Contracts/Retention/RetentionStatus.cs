using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Retention;

/// <summary>Who had something purged.</summary>
[JsonConverter(typeof(SnakeCaseEnum<PurgeSource>))]
public enum PurgeSource
{
    /// <summary>The API by itself.</summary>
    Schedule,

    /// <summary>A caller of the API.</summary>
    Api,

    /// <summary>The command line, at the files of an API that was stopped.</summary>
    Cli,
}

/// <summary>Why rows were purged.</summary>
[JsonConverter(typeof(SnakeCaseEnum<PurgeReason>))]
public enum PurgeReason
{
    /// <summary>They were older than the rule's days.</summary>
    Age,

    /// <summary>There were more than the rule's most rows, and these were the oldest.</summary>
    Rows,
}

/// <summary>How a table stands to its rule.</summary>
/// <param name="Table">The table.</param>
/// <param name="Days">The rule's days; <c>null</c>: however old.</param>
/// <param name="MaxRows">The rule's most rows; <c>null</c>: however many.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Oldest">The time of the oldest row that the rule can concern; <c>null</c> without any.</param>
/// <param name="DueByAge">Rows that a purge would erase now for their age.</param>
/// <param name="DueByRows">Rows that it would erase beside, since there are too many.</param>
/// <param name="Kept">Rows that are too old and kept all the same: held by a tag, in force, or named by what is kept.</param>
public sealed record TableRetention(
    RetainedTable Table, int? Days, long? MaxRows, long Rows, DateTimeOffset? Oldest, long DueByAge, long DueByRows, long Kept);

/// <summary>What one purge did to one table for one reason; the audit has a row for each batch, here they are summed up.</summary>
/// <param name="PurgeId">The purge.</param>
/// <param name="Began">When its first batch was written.</param>
/// <param name="Ended">When its last batch was written.</param>
/// <param name="Source">Who wanted it.</param>
/// <param name="KeyId">The API key's name; <c>null</c> without one.</param>
/// <param name="DryRun">Whether nothing was erased and <c>Rows</c> are those that were due.</param>
/// <param name="PolicyVersion">The version of the policy that it went by.</param>
/// <param name="Table">The table.</param>
/// <param name="Reason">Why.</param>
/// <param name="CutOff">For <c>age</c>: rows before this.</param>
/// <param name="MaxRows">For <c>rows</c>: the most that were to be left.</param>
/// <param name="Rows">Rows of this table.</param>
/// <param name="OwnedRows">Rows of other tables that belonged to them.</param>
/// <param name="Kept">Rows that were too old and kept all the same, when it began.</param>
public sealed record PurgeRecord(
    Guid PurgeId, DateTimeOffset Began, DateTimeOffset Ended, PurgeSource Source, string? KeyId, bool DryRun, string PolicyVersion,
    RetainedTable Table, PurgeReason Reason, DateTimeOffset? CutOff, long? MaxRows, long Rows, long OwnedRows, long Kept);

/// <summary>The answer of <c>GET /v1/retention</c>.</summary>
/// <param name="PolicyVersion">The version of the policy in force: a hash of it.</param>
/// <param name="Policy">The policy in force.</param>
/// <param name="Scheduled">Whether the API purges by itself.</param>
/// <param name="NextPurge">When it does so next; <c>null</c> when it does not.</param>
/// <param name="Tables">How each table stands.</param>
/// <param name="HeldRuns">Runs with a tag that holds them, of whatever age.</param>
/// <param name="FileBytes">Bytes of the database file and its write-ahead log.</param>
/// <param name="FreeBytes">Bytes of the file that hold nothing, and are used again.</param>
/// <param name="GivesSpaceBack">Whether the file shrinks after a purge; else it only stops growing, until <c>consensus purge --storage</c> has rewritten it.</param>
/// <param name="LastPurges">What the last purges did, newest first.</param>
public sealed record RetentionStatus(
    string PolicyVersion, RetentionPolicy Policy, bool Scheduled, DateTimeOffset? NextPurge, IReadOnlyList<TableRetention> Tables, long HeldRuns, long FileBytes,
    long FreeBytes, bool GivesSpaceBack, IReadOnlyList<PurgeRecord> LastPurges);

/// <summary>What a purge did to a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="ByAge">Rows erased for their age; in a dry run, those that are due.</param>
/// <param name="ByRows">Rows erased since there were too many; in a dry run, those that are due.</param>
/// <param name="OwnedRows">Rows of other tables that belonged to them; 0 in a dry run, which does not count them.</param>
/// <param name="Kept">Rows that are too old and kept all the same.</param>
public sealed record PurgedTable(RetainedTable Table, long ByAge, long ByRows, long OwnedRows, long Kept);

/// <summary>The answer of <c>POST /v1/retention/purge</c>.</summary>
/// <param name="PurgeId">Its id in the audit.</param>
/// <param name="DryRun">Whether nothing was erased.</param>
/// <param name="PolicyVersion">The version of the policy that it went by.</param>
/// <param name="Tables">What was done to each table.</param>
/// <param name="BytesBefore">Bytes of the database file and its write-ahead log before.</param>
/// <param name="BytesAfter">The same afterwards.</param>
public sealed record PurgeReceipt(Guid PurgeId, bool DryRun, string PolicyVersion, IReadOnlyList<PurgedTable> Tables, long BytesBefore, long BytesAfter);
