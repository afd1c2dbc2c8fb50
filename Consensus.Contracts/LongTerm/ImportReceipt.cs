namespace Consensus.Contracts.LongTerm;

/// <summary>What an import did.</summary>
/// <param name="ExportId">The export that was read.</param>
/// <param name="DryRun">Whether nothing was stored.</param>
/// <param name="Read">Runs that were read.</param>
/// <param name="Imported">Runs that were stored, or would be.</param>
/// <param name="Skipped">Runs that were there with the same record.</param>
/// <param name="Refused">Runs that were not stored; all of them are counted in <c>refusals</c>, the first hundred named.</param>
/// <param name="Refusals">How many were refused.</param>
public sealed record ImportReceipt(Guid ExportId, bool DryRun, long Read, long Imported, long Skipped, IReadOnlyList<RefusedRun> Refused, long Refusals);

/// <summary>A run that was not imported.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Reason"><c>differs</c>: another record stands under its id; <c>deleted</c>: it was erased on its own, and stays so.</param>
public sealed record RefusedRun(Guid RunId, string Reason);
