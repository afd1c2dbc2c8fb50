using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence.Postgres;

internal sealed partial class ServerRows
{
    private const string RecordColumns = "SELECT id, made_at, owner, body::text FROM evidence.records";

    public override void SaveRecord(EvidenceRecord record, string? keyId) => Execute(
        """
        INSERT INTO evidence.records (id, made_at, owner, run, collection, body) VALUES (@id, @made_at, @owner, @run::uuid, @collection::uuid, @body::jsonb)
        ON CONFLICT (id) DO UPDATE
        SET made_at = excluded.made_at, owner = excluded.owner, run = excluded.run, collection = excluded.collection, body = excluded.body
        """,
        ("id", record.EvidenceId), ("made_at", record.CreatedAt.UtcTicks), ("owner", keyId), ("run", record.RunId), ("collection", record.Collection),
        ("body", Json(EvidenceShapes.Record, record.EvidenceId, record)));

    public override RecordRow? FindRecord(Guid id) => Records(RecordColumns + " WHERE id = @id", ("id", id)).SingleOrDefault();

    public override List<RecordRow> ListRecords(EvidenceFilter filter, RecordPlace? before, int most)
    {
        var conditions = string.Concat(
            If(filter.From is not null, "made_at >= @from"), If(filter.To is not null, "made_at < @to"), If(filter.RunId is not null, "run = @run"),
            If(filter.Collection is not null, "collection = @collection"), If(filter.KeyId is not null, "owner = @owner"),
            If(before is not null, "(made_at, id) < (@ticks, @before)"));
        return Records(
            $"{RecordColumns} WHERE true{conditions} ORDER BY made_at DESC, id DESC LIMIT @most",
            ("from", filter.From?.UtcTicks), ("to", filter.To?.UtcTicks), ("run", filter.RunId), ("collection", filter.Collection), ("owner", filter.KeyId),
            ("ticks", before?.Ticks), ("before", before?.Id), ("most", most));
    }

    public override bool DeleteRecord(Guid id) => Execute("DELETE FROM evidence.records WHERE id = @id", ("id", id)) > 0;

    public override int DeleteRecords(IReadOnlyCollection<Guid> runs) => Execute(
        "DELETE FROM evidence.records WHERE id IN (SELECT id FROM evidence.records WHERE run = ANY(@runs) ORDER BY id FOR UPDATE)", ("runs", runs.ToArray()));

    private List<RecordRow> Records(string sql, params (string Name, object? Value)[] values) => Rows(
        sql,
        static reader =>
        {
            var (id, body) = (reader.GetGuid(0), reader.GetString(3));
            return new RecordRow(
                new RecordPlace(reader.GetInt64(1), id), reader.IsDBNull(2) ? null : reader.GetString(2), () => Read(EvidenceShapes.Record, id, body));
        },
        values);
}
