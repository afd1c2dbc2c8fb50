using System.Data.Common;
using Consensus.Storage.Databases;

namespace Consensus.Storage.Moving;

/// <summary>Brings the rows of one log to another, a chunk at a time: read at both sides, compared, and mended where they differ.</summary>
/// <remarks>
/// A chunk is one state of the source and one transaction of the target. So it is one and the same whether rows are new, were changed or erased since, or were left half way by a process that was killed.
/// </remarks>
/// <param name="source">Where the log is.</param>
/// <param name="target">Where it goes.</param>
/// <param name="runs">Runs of a chunk; ten times as many rows of other tables.</param>
internal sealed class LogMove(MoveSide source, MoveSide target, int runs)
{
    /// <summary>Compares the next runs with all that belongs to them.</summary>
    /// <param name="after">The number of the last run before.</param>
    /// <param name="tallies">Where both sides are counted; null: not.</param>
    /// <param name="done">Called inside the target's transaction, with the last number of the chunk.</param>
    public Chunk NextRuns(long after, MoveTallies? tallies, Action<long>? done)
    {
        using var snapshot = source.Connection.BeginSnapshot();
        var end = (long?)source.EndOfPage(MovedTables.Runs, [after], runs)?[0];
        using var reading = new SideBySide<List<List<object[]>>>(
            () => [.. MovedTables.OfRuns.Select(table => end is { } last ? source.ReadOfRuns(table, after, last) : [])]);

        // Behind the last run of the source the target has nothing to hold.
        var until = end ?? long.MaxValue;
        return Write(until, end is not null, Mend, done);

        (long, long) Mend()
        {
            var to = MovedTables.OfRuns.Select(table => target.ReadOfRuns(table, after, until)).ToList();
            var from = reading.Result;
            var differences = Compare(from, to);
            foreach (var (i, difference) in differences.Index())
            {
                target.Delete(MovedTables.OfRuns[i], difference.Delete);
            }

            foreach (var (i, difference) in differences.Index())
            {
                target.Insert(MovedTables.OfRuns[i], difference.Insert);
            }

            // A run that was taken away took rows of other tables with it.
            var isMended = differences.Any(static difference => difference.Count > 0);
            foreach (var (i, table) in MovedTables.OfRuns.Index())
            {
                Tally(tallies, table, from[i], !isMended ? to[i] : tallies is null ? [] : target.ReadOfRuns(table, after, until));
            }

            return (from.Sum(static rows => (long)rows.Count), differences.Sum(static difference => (long)difference.Count));
        }
    }

    /// <summary>Compares the next rows of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">The last key before; null for the first.</param>
    /// <param name="tallies">Where both sides are counted; null: not.</param>
    /// <param name="done">Called inside the target's transaction.</param>
    public (Chunk Chunk, object[]? End) NextRows(MovedTable table, object[]? after, MoveTallies? tallies, Action? done)
    {
        using var snapshot = source.Connection.BeginSnapshot();
        var end = source.EndOfPage(table, after, runs * 10);
        using var reading = new SideBySide<List<object[]>>(() => end is null ? [] : source.Read(table, after, end));
        var chunk = Write(end is [long seq] ? seq : 0, end is not null, Mend, done is null ? null : _ => done());
        return (chunk, end);

        (long, long) Mend()
        {
            var to = target.Read(table, after, end);
            var from = reading.Result;
            var difference = RowDifference.Of(table, from, to);
            target.Delete(table, difference.Delete);
            target.Insert(table, difference.Insert);
            Tally(tallies, table, from, difference.Count == 0 ? to : tallies is null ? [] : target.Read(table, after, end));
            return (from.Count, difference.Count);
        }
    }

    private Chunk Write(long end, bool hasMore, Func<(long Rows, long Changes)> mend, Action<long>? done)
    {
        using var transaction = target.Connection.BeginTransaction();
        var (rows, changes) = mend();
        if (hasMore)
        {
            done?.Invoke(end);
        }

        transaction.Commit();
        return new Chunk(end, hasMore, rows, changes);
    }

    private static void Tally(MoveTallies? tallies, MovedTable table, List<object[]> from, List<object[]> to)
    {
        if (tallies is not null)
        {
            var (source, target) = tallies[table.Name];
            Parallel.Invoke(() => source.Add(InOrder(table, from)), () => target.Add(InOrder(table, to)));
        }
    }

    /// <summary>The products order some texts otherwise: those with a NUL, which one of them cannot hold as it is.</summary>
    private static List<object[]> InOrder(MovedTable table, List<object[]> rows) =>
        rows.Count > 0 && table.KeyOf(rows[0]).Any(static part => part is string) ? [.. rows.OrderBy(table.KeyTextOf, StringComparer.Ordinal)] : rows;

    /// <summary>A run or a judge job that goes takes with it what belongs to it: that is then missing, whatever it was.</summary>
    private static List<RowDifference> Compare(List<List<object[]>> from, List<List<object[]>> to)
    {
        HashSet<long> goneRuns = [];
        HashSet<long> goneJobs = [];
        List<RowDifference> differences = [];
        foreach (var (i, table) in MovedTables.OfRuns.Index())
        {
            var difference = RowDifference.Of(
                table, from[i], goneRuns.Count + goneJobs.Count == 0 ? to[i] : [.. to[i].Where(row => !goneRuns.Contains(table.RunOf(row)) && !(table.JobOf(row) is { } job && goneJobs.Contains(job)))]);
            differences.Add(difference);
            if (table.Name == "runs")
            {
                goneRuns.UnionWith(difference.Delete.Select(table.RunOf));
            }
            else if (table.Name == "judge_jobs")
            {
                // Jobs of a run that goes are gone with it, and may stand again under the same number.
                goneJobs.UnionWith(to[i].Where(row => goneRuns.Contains(table.RunOf(row))).Concat(difference.Delete).Select(row => table.JobOf(row)!.Value));
            }
        }

        return differences;
    }
}

/// <summary>A part of a table that was compared.</summary>
/// <param name="End">The last number of it.</param>
/// <param name="HasMore">Whether it had rows: others may follow.</param>
/// <param name="Rows">Rows that it has in the source.</param>
/// <param name="Changes">Rows that were brought over or taken away.</param>
internal readonly record struct Chunk(long End, bool HasMore, long Rows, long Changes);
