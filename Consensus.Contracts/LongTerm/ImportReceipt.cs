namespace Consensus.Contracts.LongTerm;

/// <summary>What an import did.</summary>
/// <param name="ExportId">The export that was read.</param>
/// <param name="DryRun">Whether nothing was stored.</param>
/// <param name="Read">Runs that were read.</param>
/// <param name="Imported">Runs that were stored, or would be.</param>
/// <param name="Skipped">Runs that were there with the same record.</param>
/// <param name="Refused">Runs that were not stored; all of them are counted in <c>refusals</c>, the first hundred named.</param>
/// <param name="Refusals">How many were refused.</param>
/// <param name="Evidence">What came of its evidence; <c>null</c> where the export has none.</param>
public sealed record ImportReceipt(
    Guid ExportId, bool DryRun, long Read, long Imported, long Skipped, IReadOnlyList<RefusedRun> Refused, long Refusals, ImportedEvidence? Evidence = null);

/// <summary>A run that was not imported.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Reason"><c>differs</c>: another record stands under its id; <c>deleted</c>: it was erased on its own, and stays so.</param>
public sealed record RefusedRun(Guid RunId, string Reason);

/// <summary>What an import did with evidence.</summary>
/// <param name="Collections">Collections.</param>
/// <param name="Documents">Documents.</param>
/// <param name="Records">Evidence records.</param>
/// <param name="Refused">What was not stored; all of it is counted, the first hundred named.</param>
public sealed record ImportedEvidence(ImportedCounts Collections, ImportedCounts Documents, ImportedCounts Records, IReadOnlyList<RefusedEvidence> Refused);

/// <summary>How many of one kind.</summary>
/// <param name="Read">Those that were read.</param>
/// <param name="Imported">Those that were stored, or would be.</param>
/// <param name="Skipped">Those that were there as they are.</param>
/// <param name="Refused">Those that were not stored.</param>
public sealed record ImportedCounts(long Read, long Imported, long Skipped, long Refused);

/// <summary>Evidence that was not imported.</summary>
/// <param name="Kind"><c>collection</c>, <c>document</c> or <c>record</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reason">
/// <c>differs</c>: another stands under its id; <c>same_text</c>: the collection has its text under another id; <c>full</c>: the key has no room for another
/// collection, or the collection none for the document; <c>collection_refused</c>: a document's collection was; <c>no_run</c>: a record's run was
/// refused, or is not there.
/// </param>
public sealed record RefusedEvidence(string Kind, Guid Id, string Reason);
