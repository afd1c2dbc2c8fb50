using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence.Schema;
using LiteDB;

namespace Consensus.Storage.Evidence.LiteDb;

internal sealed partial class LiteDbRows
{
    public override void SaveRecord(EvidenceRecord record, string? keyId)
    {
        var keys = new BsonDocument
        {
            ["place"] = new RecordPlace(record.CreatedAt.UtcTicks, record.EvidenceId).ToString(),
            ["owner"] = keyId,
            ["run"] = record.RunId is { } run ? EvidenceTables.Name(run) : null,
            ["collection"] = record.Collection is { } collection ? EvidenceTables.Name(collection) : null,
        };
        database.Records().Upsert(EvidenceShapes.Record.Row(record.EvidenceId, record, keys));
    }

    public override RecordRow? FindRecord(Guid id) => database.Records().FindById(EvidenceTables.Name(id)) is { } row ? Found(row) : null;

    public override List<RecordRow> ListRecords(EvidenceFilter filter, RecordPlace? before, int most) =>
        [.. Rows(filter, before?.ToString(), most).Take(most).Select(Found)];

    public override bool DeleteRecord(Guid id) => database.Records().Delete(EvidenceTables.Name(id));

    public override int DeleteRecords(IReadOnlyCollection<Guid> runs) =>
        runs.Sum(run => database.Records().DeleteMany("keys.run = @0", EvidenceTables.Name(run)));

    private IEnumerable<BsonDocument> Rows(EvidenceFilter filter, string? before, int most)
    {
        var from = filter.From is { } first ? RecordPlace.From(first).ToString() : "";
        var to = filter.To is { } last ? RecordPlace.From(last).ToString() : EvidenceTables.Last;
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
        return query.OrderByDescending("keys.place").Limit(most + 1).ToEnumerable().Where(row => PlaceOf(row) != end);
    }

    private static RecordRow Found(BsonDocument row) => new(RecordPlace.Parse(PlaceOf(row))!.Value, Owner(row), () => EvidenceShapes.Record.Read(row));

    private static bool IsFrom(BsonDocument row, Guid? collection) => collection is not { } id || row["keys"]["collection"] == EvidenceTables.Name(id);

    private static string? Owner(BsonDocument row) => row["keys"]["owner"].AsString;

    private static string PlaceOf(BsonDocument row) => row["keys"]["place"].AsString;
}
