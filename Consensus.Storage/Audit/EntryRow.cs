using System.Data.Common;

namespace Consensus.Storage.Audit;

/// <summary>An entry from its row.</summary>
internal static class EntryRow
{
    /// <summary>Reads the columns of <see cref="StoredEntry.Columns"/>; null when one holds another type than was written.</summary>
    public static StoredEntry? Read(DbDataReader row) =>
        row.GetValue(0) is long seq && row.GetValue(1) is long at && row.GetValue(2) is string actor && row.GetValue(3) is string action
        && row.GetValue(4) is string kind && row.GetValue(5) is string id && row.GetValue(6) is string detail && row.GetValue(7) is string key
        && row.GetValue(8) is byte[] prev && row.GetValue(9) is byte[] hash && row.GetValue(10) is byte[] mac
            ? new StoredEntry(seq, at, actor, action, kind, id, detail, key, prev, hash, mac)
            : null;
}
