using System.Globalization;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence;

public sealed partial class EvidenceStore
{
    /// <summary>Stores an evidence record as it is given; what texts it may hold is the caller's to decide. Returns once it is durable.</summary>
    /// <param name="record">The record; its version becomes the current one, its links are not kept.</param>
    /// <param name="keyId">The key that it belongs to.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <exception cref="EvidenceShapeException">The record is not as its schema says.</exception>
    public Task SaveEvidenceAsync(EvidenceRecord record, string? keyId, CancellationToken cancellationToken)
    {
        var stored = record with { SchemaVersion = EvidenceShapes.Record.Version, Links = new Dictionary<string, string>() };
        return WriteAsync(
            rows =>
            {
                rows.SaveRecord(stored, keyId);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Finds an evidence record; with <paramref name="keyId"/> only if it belongs to that key.</summary>
    public Task<EvidenceRecord?> FindEvidenceAsync(Guid evidenceId, string? keyId, CancellationToken cancellationToken) => ReadAsync(
        rows => rows.FindRecord(evidenceId) is { } row && (keyId is null || row.KeyId == keyId) ? Shown(row) : null,
        cancellationToken);

    /// <summary>Lists evidence records in short, newest first.</summary>
    /// <exception cref="Runs.InvalidCursorException">The cursor is not one of this listing.</exception>
    public Task<Page<EvidenceSummary>> ListEvidenceAsync(EvidenceFilter filter, CancellationToken cancellationToken)
    {
        string?[] filters =
        [
            "evidence", filter.From?.UtcTicks.ToString(CultureInfo.InvariantCulture), filter.To?.UtcTicks.ToString(CultureInfo.InvariantCulture),
            filter.RunId?.ToString("N"), filter.Collection?.ToString("N"), filter.KeyId,
        ];
        var before = RecordPlace.Parse(EvidenceCursor.Read(filter.Cursor, filters));
        return ReadAsync(
            rows => Page(
                rows.ListRecords(filter, before, filter.Limit + 1), filter.Limit, static row => Summary(Shown(row)),
                last => EvidenceCursor.Write(last.Place.ToString(), filters)),
            cancellationToken);
    }

    /// <summary>Deletes an evidence record.</summary>
    /// <param name="evidenceId">The record.</param>
    /// <param name="mayDelete">Whether the caller may, by the key that it belongs to.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    public Task<EvidenceErasure> DeleteEvidenceAsync(Guid evidenceId, Func<string?, bool> mayDelete, CancellationToken cancellationToken) => WriteAsync(
        rows =>
        {
            if (rows.FindRecord(evidenceId) is not { } row)
            {
                return EvidenceErasure.NotThere;
            }

            if (!mayDelete(row.KeyId))
            {
                return EvidenceErasure.NotAllowed;
            }

            return rows.DeleteRecord(evidenceId) ? EvidenceErasure.Erased : EvidenceErasure.NotThere;
        },
        cancellationToken,
        erases: true);

    /// <summary>Deletes the evidence records of runs that were erased or purged.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> DeleteEvidenceOfRunsAsync(IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken) => WriteAsync(
        rows => rows.DeleteRecords(runIds), cancellationToken, erases: true);

    private static EvidenceRecord Shown(RecordRow row)
    {
        var record = row.Read();
        return record with { Links = EvidenceLinks.Of(record) };
    }

    private static EvidenceSummary Summary(EvidenceRecord record) => new(
        record.EvidenceId, record.CreatedAt, record.RunId, record.Collection, record.Abstained, record.AbstainReason, record.Figures, record.Links);
}
