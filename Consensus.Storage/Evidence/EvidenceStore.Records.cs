using System.Globalization;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence.Schema;
using LiteDB;

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
        var keys = new BsonDocument
        {
            ["place"] = Place(record.CreatedAt, record.EvidenceId),
            ["owner"] = keyId,
            ["run"] = record.RunId is { } run ? EvidenceTables.Name(run) : null,
            ["collection"] = record.Collection is { } collection ? EvidenceTables.Name(collection) : null,
        };
        var row = EvidenceShapes.Record.Row(record.EvidenceId, stored, keys);
        return WriteAsync(database => database.Records().Upsert(row), cancellationToken);
    }

    /// <summary>Finds an evidence record; with <paramref name="keyId"/> only if it belongs to that key.</summary>
    public Task<EvidenceRecord?> FindEvidenceAsync(Guid evidenceId, string? keyId, CancellationToken cancellationToken) => ReadAsync(
        database => database.Records().FindById(EvidenceTables.Name(evidenceId)) is { } row && (keyId is null || Owner(row) == keyId) ? Shown(row) : null,
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
        var before = EvidenceCursor.Read(filter.Cursor, filters);
        return ReadAsync(
            database =>
            {
                var found = Rows(database, filter, before).Take(filter.Limit + 1).ToList();
                return Page(found, filter.Limit, static row => Summary(Shown(row)), last => EvidenceCursor.Write(PlaceOf(last), filters));
            },
            cancellationToken);
    }

    /// <summary>Deletes an evidence record.</summary>
    /// <param name="evidenceId">The record.</param>
    /// <param name="mayDelete">Whether the caller may, by the key that it belongs to.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    public Task<EvidenceErasure> DeleteEvidenceAsync(Guid evidenceId, Func<string?, bool> mayDelete, CancellationToken cancellationToken) => WriteAsync(
        database =>
        {
            var records = database.Records();
            if (records.FindById(EvidenceTables.Name(evidenceId)) is not { } row)
            {
                return EvidenceErasure.NotThere;
            }

            if (!mayDelete(Owner(row)))
            {
                return EvidenceErasure.NotAllowed;
            }

            records.Delete(EvidenceTables.Name(evidenceId));
            return EvidenceErasure.Erased;
        },
        cancellationToken,
        erases: true);

    /// <summary>Deletes the evidence records of runs that were erased or purged.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> DeleteEvidenceOfRunsAsync(IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken) => WriteAsync(
        database => runIds.Sum(run => database.Records().DeleteMany("keys.run = @0", EvidenceTables.Name(run))), cancellationToken, erases: true);

    private static IEnumerable<BsonDocument> Rows(LiteDatabase database, EvidenceFilter filter, string? before)
    {
        var from = filter.From is { } first ? Place(first, Guid.Empty) : "";
        var to = filter.To is { } last ? Place(last, Guid.Empty) : "~";
        var end = before is not null && string.CompareOrdinal(before, to) < 0 ? before : to;
        if (filter.RunId is { } run)
        {
            // A run has few records: they are found by it and put into order here.
            return database.Records().Query().Where("keys.run = @0", EvidenceTables.Name(run)).ToEnumerable().OrderByDescending(PlaceOf, StringComparer.Ordinal).Where(row =>
                string.CompareOrdinal(PlaceOf(row), from) >= 0 && string.CompareOrdinal(PlaceOf(row), end) < 0
                && (filter.KeyId is null || Owner(row) == filter.KeyId) && IsFrom(row, filter.Collection));
        }

        var query = database.Records().Query().Where("keys.place BETWEEN @0 AND @1", from, end);
        query = filter.KeyId is null ? query : query.Where("keys.owner = @0", filter.KeyId);
        query = filter.Collection is { } collection ? query.Where("keys.collection = @0", EvidenceTables.Name(collection)) : query;
        return query.OrderByDescending("keys.place").Limit(filter.Limit + 2).ToEnumerable().Where(row => PlaceOf(row) != end);
    }

    private static bool IsFrom(BsonDocument row, Guid? collection) => collection is not { } id || row["keys"]["collection"] == EvidenceTables.Name(id);

    private static string? Owner(BsonDocument row) => row["keys"]["owner"].AsString;

    private static string PlaceOf(BsonDocument row) => row["keys"]["place"].AsString;

    private static string Place(DateTimeOffset at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D19}/{id:N}");

    private static EvidenceRecord Shown(BsonDocument row)
    {
        var record = EvidenceShapes.Record.Read(row);
        return record with { Links = EvidenceLinks.Of(record) };
    }

    private static EvidenceSummary Summary(EvidenceRecord record) => new(
        record.EvidenceId, record.CreatedAt, record.RunId, record.Collection, record.Abstained, record.AbstainReason, record.Figures, record.Links);
}
