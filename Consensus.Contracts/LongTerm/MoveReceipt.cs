namespace Consensus.Contracts.LongTerm;

/// <summary>What moving the run log to another place did.</summary>
/// <param name="MoveId">The move.</param>
/// <param name="From">Where the log was.</param>
/// <param name="To">Where it is, or will be.</param>
/// <param name="Switched">Whether the new place is the log now and the old one refuses writes; otherwise it was only filled.</param>
/// <param name="Passes">How often the places were compared, with the last time.</param>
/// <param name="Mended">Rows that the last comparison before the switch still had to bring over or take away.</param>
/// <param name="SealedSeconds">How long the log could not be written: from the seal of the old place until the new one was ready; 0 without a switch.</param>
/// <param name="Tables">The tables at both places, equal in count and hash; empty without a switch.</param>
/// <param name="ArchivedRuns">Runs that came out of the archive's files.</param>
/// <param name="AuditSeq">The last entry of the audit trail, which records the move; 0 without a switch.</param>
public sealed record MoveReceipt(
    Guid MoveId, string From, string To, bool Switched, int Passes, long Mended, double SealedSeconds, IReadOnlyList<MovedRows> Tables, long ArchivedRuns, long AuditSeq);

/// <summary>A table that was moved.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Sha256">The SHA-256 over all of their values in the order of the key, in hexadecimal digits: read from both places and found the same.</param>
public sealed record MovedRows(string Table, long Rows, string Sha256);

/// <summary>What a move would do, or has still to do.</summary>
/// <param name="From">Where the log is.</param>
/// <param name="To">Where it would be.</param>
/// <param name="State"><c>new</c>, <c>copying</c> (begun before, to be gone on with) or <c>live</c> (done).</param>
/// <param name="Bytes">What the log takes on its disk now.</param>
/// <param name="Tables">Rows by table in both places.</param>
/// <param name="ArchivedRuns">Runs in the archive's files, which come along.</param>
public sealed record MovePlan(string From, string To, string State, long Bytes, IReadOnlyList<PlannedRows> Tables, long ArchivedRuns);

/// <summary>A table that would be moved.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Source">Rows where the log is.</param>
/// <param name="Target">Rows that the new place has already.</param>
public sealed record PlannedRows(string Table, long Source, long Target);

/// <summary>What the target of a move knows of it, so that it can be gone on with.</summary>
/// <param name="ArchiveBelow">Rows of runs numbered below this came out of the archive's files.</param>
/// <param name="Positions">By table, the last number up to which rows have been brought over.</param>
/// <param name="Receipt">What was done; <c>null</c> until the switch.</param>
/// <param name="Evidence">The evidence that was copied along; <c>null</c> when none was.</param>
public sealed record MoveDocument(long ArchiveBelow, IReadOnlyDictionary<string, long> Positions, MoveReceipt? Receipt, MovedEvidence? Evidence = null);

/// <summary>Evidence that a move copied to the new place.</summary>
/// <param name="Sha256">The SHA-256 of all that the new place then had, in hexadecimal digits; <c>null</c> while it is copied.</param>
/// <param name="IsLeaving">Whether it is being taken away again.</param>
public sealed record MovedEvidence(string? Sha256, bool IsLeaving = false);
