using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;

namespace Consensus.Storage.Audit;

/// <summary>Look-ups in the trail.</summary>
internal static class AuditReader
{
    /// <summary>The end of the chain.</summary>
    public static ChainEnd End(DbConnection connection)
    {
        using var command = connection.Command("SELECT seq, at, hash FROM audit_log ORDER BY seq DESC LIMIT 1");
        using var row = command.ExecuteReader();
        return row.Read() ? new ChainEnd(row.GetInt64(0), row.GetInt64(1), (byte[])row.GetValue(2)) : ChainEnd.Nothing;
    }

    /// <summary>A page of entries, by the index that fits best.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    public static Page<AuditEntry> List(DbConnection connection, AuditFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, Limits.MaxPageSize);
        using var snapshot = connection.BeginSnapshot();
        using var command = Command(connection, filter, limit + 1);
        using var rows = command.ExecuteReader();
        List<StoredEntry> entries = [];
        while (rows.Read())
            entries.Add(EntryRow.Read(rows) ?? throw new RunLogUnavailableException("An entry of the audit trail was edited: a column holds another type than was written."));
        var next = entries.Count > limit ? SequenceCursor.Write(entries[limit - 1].Seq, filter.Parts) : null;
        try
        {
            return new Page<AuditEntry>([.. entries.Take(limit).Select(static entry => entry.ToBody())], next);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new RunLogUnavailableException("An entry of the audit trail was edited: it is none.", fault);
        }
    }

    internal static DbCommand Command(DbConnection connection, AuditFilter filter, int rows)
    {
        var command = connection.CreateCommand();
        var conditions = new List<string>();
        Add("subject_kind = $kind", "$kind", filter.SubjectKind);
        Add("subject_id = $id", "$id", filter.SubjectId);
        Add("action = $action", "$action", WireName.Of(filter.Action));
        Add("actor = $actor", "$actor", filter.Actor);
        if (filter.From is { } from)
            Add("seq >= $from", "$from", FirstAt(connection, StoredTime.Write(from)));
        if (filter.To is { } to)
            Add("seq < $to", "$to", FirstAt(connection, StoredTime.Write(to)));
        if (filter.Cursor is { } cursor)
            Add($"seq {(filter.OldestFirst ? '>' : '<')} $after", "$after", SequenceCursor.Read(cursor, filter.Parts));
        command.Add("$rows", rows);
        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        command.CommandText =
            $"SELECT {StoredEntry.Columns} FROM audit_log {IndexOf(filter)} {where} ORDER BY seq {(filter.OldestFirst ? "ASC" : "DESC")} LIMIT $rows";
        return command;

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            command.Add(name, value);
        }
    }

    /// <summary>Named, so that no statistics change the plan.</summary>
    private static string IndexOf(AuditFilter filter) => filter switch
    {
        { SubjectKind: not null, SubjectId: not null } => "INDEXED BY audit_log_by_subject",
        { Action: not null } => "INDEXED BY audit_log_by_action",
        { Actor: not null } => "INDEXED BY audit_log_by_actor",
        _ => "NOT INDEXED",
    };

    /// <summary>The place of the first entry at a time or later. Times never go back along the chain, so it is found by halving.</summary>
    private static long FirstAt(DbConnection connection, long time)
    {
        using var command = connection.Command("SELECT at FROM audit_log WHERE seq = $seq");
        var seq = command.Add("$seq");
        long low = 1, high = End(connection).Seq + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            seq.Value = middle;
            if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) < time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
