using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Storage.Audit.Keys;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;
using Consensus.Storage.Telemetry;

namespace Consensus.Storage.Audit;

/// <summary>What the writer appends to the trail, in the transaction of what it records. It keeps the end of the chain; an operation that is undone takes its entries back.</summary>
internal sealed class AuditStatements(DbConnection connection, AuditTrail trail, bool isShared) : IDisposable
{
    private readonly Statement _insert = new(connection,
        $"""
         INSERT INTO audit_log ({StoredEntry.Columns})
         VALUES ($seq, $at, {Statement.Text("$actor")}, $action, $kind, {Statement.Text("$id")}, $detail, $key, $prev, $hash, $mac)
         """,
        "$seq", "$at", "$actor", "$action", "$kind", "$id", "$detail", "$key", "$prev", "$hash", "$mac");

    private readonly Statement _last = new(connection, "SELECT seq, at, hash, key_id FROM audit_log ORDER BY seq DESC LIMIT 1");

    private readonly Statement _runEntry = new(connection,
        $"""
         SELECT max(seq) FROM audit_log WHERE subject_kind = '{AuditSubjects.Run}' AND subject_id = $id
             AND action IN ('{WireName.Of(AuditAction.RunCompleted)}', '{WireName.Of(AuditAction.RunFailed)}', '{WireName.Of(AuditAction.RunCancelled)}',
                 '{WireName.Of(AuditAction.RunImported)}')
         """,
        "$id");

    private AuditKey? _key;
    private ChainEnd _end = ChainEnd.Nothing;
    private ChainEnd _before = ChainEnd.Nothing;

    /// <summary>The end of the chain, with what is not committed yet.</summary>
    public ChainEnd End => _end;

    /// <summary>
    /// Before the first write of a connection, and before every batch where others write too: finds the end of the chain, and records what changed since
    /// it was written.
    /// </summary>
    /// <exception cref="IOException">There is no key, and none can be made.</exception>
    public void Start(DateTimeOffset now)
    {
        if (_key is not null && !isShared)
            return;
        _end = ChainEnd.Nothing;
        string? lastKey = null;
        using (var found = _last.Query())
        {
            if (found.Read())
            {
                _end = new ChainEnd(found.GetInt64(0), found.GetInt64(1), (byte[])found.GetValue(2));
                lastKey = found.GetString(3);
            }
        }

        var isFirst = _key is null;
        _key ??= trail.KeyFor(lastKey);
        if (lastKey is not null && lastKey != _key.Id)
            Append(new AuditNote(AuditAction.AuditKeyChanged, AuditSubjects.Trail, _key.Id, KeyId: null, new("from", lastKey), new("to", _key.Id)), now);
        if (!isFirst)
        {
            _before = _end;
            return;
        }

        var schema = Text("SELECT ScriptName FROM schema_versions ORDER BY ScriptName DESC LIMIT 1");
        if (lastKey is null)
        {
            Append(
                new AuditNote(
                    AuditAction.TrailBegun, AuditSubjects.Trail, _key.Id, KeyId: null, new("schema", schema), new("runs", Number("SELECT count(*) FROM runs")),
                    new("lastRun", Number("SELECT coalesce(max(seq), 0) FROM runs"))),
                now);
        }
        else if (RecordedSchema() is var recorded && recorded != schema)
        {
            Append(new AuditNote(AuditAction.SchemaUpgraded, AuditSubjects.Trail, schema, KeyId: null, new("from", recorded), new("to", schema)), now);
        }

        _before = _end;
    }

    /// <summary>Begins one operation, which may be undone.</summary>
    public void Mark() => _before = _end;

    /// <summary>The operation was undone.</summary>
    public void Undo() => _end = _before;

    /// <summary>Appends an entry.</summary>
    public void Append(in AuditNote note, DateTimeOffset now)
    {
        // A clock that was set back reorders nothing.
        var at = Math.Max(StoredEntry.TimeOf(now), _end.At);
        var entry = new StoredEntry(
            _end.Seq + 1, at, AuditActor.Of(note.KeyId, trail.IsCommand), note.Word, note.SubjectKind, note.SubjectId, note.DetailText(), _key!.Id, _end.Hash, [], []);
        var hash = entry.ComputeHash();
        _insert.Execute(
            entry.Seq, entry.At, entry.Actor, entry.Action, entry.SubjectKind, entry.SubjectId, entry.Detail, entry.KeyId, entry.PrevHash, hash, _key.SignEntry(hash));
        _end = new ChainEnd(entry.Seq, at, hash);
        StorageMetrics.Audited(note.Word);
    }

    /// <summary>What stands for content in the trail.</summary>
    public string Digest(ReadOnlySpan<byte> sha256) => _key!.DigestOf(sha256);

    /// <summary>The last entry that tells how a run was stored; null where the run is older than the trail.</summary>
    public long? FindRunEntry(Guid runId) => _runEntry.Scalar(runId.ToString("D")) is long seq ? seq : null;

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_insert, _last, _runEntry])
            statement.Dispose();
    }

    /// <summary>The schema that the trail knows last.</summary>
    private string RecordedSchema()
    {
        var detail = JsonElement.Parse(Text(
            $"""
             SELECT detail FROM audit_log
             WHERE action IN ('{WireName.Of(AuditAction.TrailBegun)}', '{WireName.Of(AuditAction.SchemaUpgraded)}') ORDER BY seq DESC LIMIT 1
             """));
        return (detail.TryGetProperty("to", out var to) ? to : detail.GetProperty("schema")).GetString()!;
    }

    private string Text(string sql) => (string)Scalar(sql)!;

    private long Number(string sql) => Convert.ToInt64(Scalar(sql), CultureInfo.InvariantCulture);

    private object? Scalar(string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Scalar();
    }
}

/// <summary>The end of a chain.</summary>
/// <param name="Seq">The last entry's place; 0 without any.</param>
/// <param name="At">Its time, as stored.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record ChainEnd(long Seq, long At, byte[] Hash)
{
    public static ChainEnd Nothing { get; } = new(0, long.MinValue, StoredEntry.NoHash);
}
