using Consensus.Storage.Databases;

namespace Consensus.Storage.Moving;

/// <summary>How far a move is.</summary>
/// <param name="Step"><c>fill</c>, <c>catch up</c> or <c>switch</c>.</param>
/// <param name="Table">The table, or <c>archive</c>.</param>
/// <param name="Done">Runs of the group of runs, or rows of another table, that were looked at in this step.</param>
/// <param name="Total">About how many there are.</param>
public readonly record struct MoveProgress(string Step, string Table, long Done, long Total);

/// <summary>Goes over all tables: once to fill the new place, then to compare.</summary>
/// <param name="source">Where the log is.</param>
/// <param name="target">Where it goes.</param>
/// <param name="copy">Compares a chunk.</param>
/// <param name="archive">Compares the archive.</param>
/// <param name="told">Told how far it is.</param>
/// <param name="cancellationToken">Ends it between two chunks.</param>
internal sealed class MovePasses(MoveSide source, MoveSide target, LogMove copy, ArchiveMove archive, Action<MoveProgress>? told, CancellationToken cancellationToken)
{
    /// <summary>So few rows that came meanwhile are left to the comparison.</summary>
    private const int FewRows = 1_000;

    /// <summary>How often everything was compared.</summary>
    public int Count { get; private set; }

    /// <summary>Archived runs of the last comparison.</summary>
    public long ArchivedRuns { get; private set; }

    /// <summary>Fills the new place. Where a process before this one got to is noted in each transaction, and gone on from; then the numbers that came since are followed until few are new.</summary>
    public void Fill(MoveRecord known, TimeProvider time)
    {
        Dictionary<string, long> positions = new(known.Document.Positions, StringComparer.Ordinal);
        long brought;
        do
        {
            brought = FollowRuns() + MovedTables.Others.Where(static table => table.Key is ["seq"]).Sum(FollowRows);
        }
        while (brought > FewRows);

        long FollowRuns()
        {
            var progress = Progress("fill", MovedTables.Runs);
            var after = positions.GetValueOrDefault(MovedTables.Runs.Name, known.Document.ArchiveBelow - 1);
            var total = 0L;
            for (Chunk chunk; (chunk = copy.NextRuns(after, tallies: null, end => Note(MovedTables.Runs, end))).HasMore; after = chunk.End)
            {
                progress(total += chunk.Rows);
                cancellationToken.ThrowIfCancellationRequested();
            }

            return total;
        }

        long FollowRows(MovedTable table)
        {
            var progress = Progress("fill", table);
            var total = 0L;
            object[]? after = positions.TryGetValue(table.Name, out var seq) ? [seq] : null;
            while (true)
            {
                var (chunk, end) = copy.NextRows(table, after, tallies: null, done: null);
                if (end is null)
                {
                    return total;
                }

                after = end;
                Note(table, chunk.End);
                progress(total += chunk.Rows);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        void Note(MovedTable table, long end)
        {
            positions[table.Name] = end;
            known.Set(target.Connection, MoveState.Copying, known.Document with { Positions = positions }, time.GetUtcNow());
        }
    }

    /// <summary>Compares everything, and mends what differs.</summary>
    /// <param name="step">What it is for.</param>
    /// <param name="tallies">Where both sides are counted; null: not.</param>
    /// <param name="isSealed">Whether the source stays as it is.</param>
    /// <returns>How many rows were mended.</returns>
    public long Compare(string step, MoveTallies? tallies, bool isSealed)
    {
        Count++;
        long changes = 0;
        var progress = Progress(step, MovedTables.Runs);
        var rows = 0L;
        for (var after = archive.Below - 1; ;)
        {
            var chunk = copy.NextRuns(after, tallies, done: null);
            changes += chunk.Changes;
            if (!chunk.HasMore)
            {
                break;
            }

            after = chunk.End;
            progress(rows += chunk.Rows);
            cancellationToken.ThrowIfCancellationRequested();
        }

        changes += MovedTables.Others.Sum(table => CompareRows(step, table, tallies));
        return changes + CompareArchive(step, isSealed);
    }

    private long CompareRows(string step, MovedTable table, MoveTallies? tallies)
    {
        var progress = Progress(step, table);
        long changes = 0;
        var rows = 0L;
        object[]? after = null;
        while (true)
        {
            var (chunk, end) = copy.NextRows(table, after, tallies, done: null);
            changes += chunk.Changes;
            if (end is null)
            {
                return changes;
            }

            after = end;
            progress(rows += chunk.Rows);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What was mended is compared again once the source stays as it is.</summary>
    private long CompareArchive(string step, bool isSealed)
    {
        long changes = 0;
        while (true)
        {
            var compared = archive.Compare(isSealed, done => told?.Invoke(new MoveProgress(step, "archive", done, ArchivedRuns)), cancellationToken);
            changes += compared.Changes;
            ArchivedRuns = compared.Runs;
            if (!isSealed || compared.Changes == 0)
            {
                return changes;
            }
        }
    }

    private Action<long> Progress(string step, MovedTable table)
    {
        if (told is null)
        {
            return static _ => { };
        }

        var total = (table == MovedTables.Runs ? MovedTables.OfRuns : [table]).Sum(counted => source.Number($"SELECT count(*) FROM {counted.Name}") ?? 0);
        return done => told(new MoveProgress(step, table.Name, done, total));
    }
}
