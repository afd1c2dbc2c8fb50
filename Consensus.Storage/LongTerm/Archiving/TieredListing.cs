using System.Data.Common;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;
using Dapper;

namespace Consensus.Storage.LongTerm.Archiving;

/// <summary>A page over both tiers, in one order and with one cursor: what is hot in short, what is archived by where it lies.</summary>
internal sealed record TieredListing(IReadOnlyList<(SummaryRow? Hot, ArchivedRow? Archived)> Rows, string? Next)
{
    /// <summary>Reads a page in one snapshot; null when no archived run concerns the filter, and the hot listing is all.</summary>
    /// <exception cref="ArchivedRangeException">The filter asks what only hot runs can be asked, of a range that has archived ones.</exception>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    public static TieredListing? Read(DbConnection connection, RunFilter filter)
    {
        using var snapshot = connection.BeginSnapshot();
        if (ArchiveReader.Newest(connection, filter) is not { } newest)
        {
            return null;
        }

        if (filter is not { Outcome: null, Status: null, Strategy: null, Model: null, Tag: null, HasScore: null })
        {
            throw new ArchivedRangeException(StoredTime.Read(newest));
        }

        var limit = Math.Clamp(filter.Limit, 1, Limits.MaxPageSize);
        var hot = ListQuery.Read(connection, filter, limit + 1, snapshot);
        var archived = ArchiveReader.Page(connection, filter, limit + 1);
        var rows = hot.Select(static row => (At: row.created_at, Id: row.run_id, Row: ((SummaryRow?, ArchivedRow?))(row, null)))
            .Concat(archived.Select(static row => (At: row.created_at, Id: row.run_id, Row: ((SummaryRow?, ArchivedRow?))(null, row))))
            .OrderByDescending(static row => row.At).ThenByDescending(static row => Convert.ToHexString(row.Id), StringComparer.Ordinal).ToList();
        var next = rows.Count > limit ? new RunCursor(rows[limit - 1].At, rows[limit - 1].Id).Write(filter) : null;
        return new TieredListing([.. rows.Take(limit).Select(static row => row.Row)], next);
    }
}

/// <summary>A listing asks of archived runs what only their id and their time can be asked.</summary>
public sealed class ArchivedRangeException(DateTimeOffset newest)
    : Exception("Archived runs are found by id and by time only.")
{
    /// <summary>When the newest archived run of the range was created.</summary>
    public DateTimeOffset Newest { get; } = newest;
}
