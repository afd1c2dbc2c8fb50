using System.Data.Common;
using System.Diagnostics;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Databases;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Runs;

namespace Consensus.Storage.Moving;

/// <summary>
/// Moves a run log to another place while it is used: fills the new place, catches up until little is left, seals the old place, compares everything once more, and makes the new place the log.
/// Killed at any point, it is asked for again and goes on.
/// </summary>
/// <remarks>All rows keep their numbers. Archived runs come into the tables of the new place (<see cref="ArchiveMove"/>).</remarks>
public sealed partial class StorageMove : IDisposable
{
    /// <summary>Runs of one transaction.</summary>
    private const int RunsAtOnce = 500;

    /// <summary>So few changes of a comparison are brought over when the source is sealed.</summary>
    private const int FewChanges = 200;

    /// <summary>A log that changes faster than it can be compared is sealed all the same.</summary>
    private const int MostPasses = 5;

    private readonly MovePlace _from;
    private readonly MovePlace _to;
    private readonly TimeProvider _time;
    private readonly MoveSide _source;
    private readonly MoveSide _target;
    private readonly LogMove _copy;
    private readonly MoveSwitch _switch;

    /// <summary>How often this process has compared both places: once it has, it need not do so again right before the seal.</summary>
    private int _compared;

    private StorageMove(MovePlace from, MovePlace to, MoveSide source, MoveSide target, TimeProvider time, int runsAtOnce) =>
        (_from, _to, _source, _target, _time, _copy, _switch) =
            (from, to, source, target, time, new LogMove(source, target, runsAtOnce), new MoveSwitch(from, to, source, target, time));

    /// <summary>Opens both places: brings the schema of each up to date, and makes the new one where it is not there.</summary>
    /// <param name="from">Where the log is.</param>
    /// <param name="to">Where it is to be: an empty place, or one that this move has begun to fill.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="RunLogUnavailableException">One of them cannot be opened, another move fills the new one, or it is used.</exception>
    public static StorageMove Open(MovePlace from, MovePlace to, TimeProvider time) => Open(from, to, time, RunsAtOnce);

    /// <inheritdoc cref="Open(MovePlace, MovePlace, TimeProvider)"/>
    /// <param name="from">Where the log is.</param>
    /// <param name="to">Where it is to be.</param>
    /// <param name="time">The clock.</param>
    /// <param name="runsAtOnce">Runs of one transaction.</param>
    internal static StorageMove Open(MovePlace from, MovePlace to, TimeProvider time, int runsAtOnce)
    {
        MoveSide? source = null;
        MoveSide? target = null;
        try
        {
            source = from.OpenSource();
            target = to.OpenTarget();
            var move = new StorageMove(from, to, source, target, time, runsAtOnce);
            move.RequireFitting();
            return move;
        }
        catch (Exception fault)
        {
            Close(source);
            Close(target);
            if (fault is DbException or IOException or UnauthorizedAccessException)
            {
                throw new RunLogUnavailableException($"{(source is null ? from : to).Name} cannot be opened: {fault.Message}", fault);
            }

            throw;
        }
    }

    /// <summary>Whether the old place refuses writes already, for this move.</summary>
    public bool IsSealed => Known() is { } known && _switch.IsSealed(known);

    /// <summary>What there is to be done; changes nothing but that the new place has its empty tables.</summary>
    public MovePlan Plan() => new(
        _from.Name, _to.Name, Known() is not { } known ? "new" : known.State, _source.Database.MeasureBytes(),
        [.. MovedTables.All.Select(table => new PlannedRows(table.Name, Count(_source, table), Count(_target, table)))], ArchiveReader.Size(_source.Connection).Runs);

    /// <summary>Does it, or goes on with it.</summary>
    /// <param name="mayMove">Whether the source is sealed and the new place becomes the log; otherwise it is only filled and caught up.</param>
    /// <param name="told">Told how far it is, often.</param>
    /// <param name="cancellationToken">Ends it between two transactions; what was done stays done.</param>
    /// <exception cref="InvalidDataException">The new place has rows that were never in the old one, or both differ in the end.</exception>
    /// <exception cref="RunLogUnavailableException">The audit key is not at hand.</exception>
    /// <exception cref="DbException">One of the places failed.</exception>
    public MoveReceipt Run(bool mayMove, Action<MoveProgress>? told, CancellationToken cancellationToken)
    {
        if (mayMove)
        {
            _switch.RequireKey();
        }

        var known = Known() ?? Begin();
        if (known is { State: MoveState.Live, Document.Receipt: { } done })
        {
            return done;
        }

        var before = _compared;
        var passes = new MovePasses(_source, _target, _copy, new ArchiveMove(_source, new ArchiveFiles(_from.Folder ?? ""), _target, known.Document.ArchiveBelow), told, cancellationToken);
        if (!_switch.IsSealed(known) && !(mayMove && _compared > 0))
        {
            passes.Fill(known, _time);
            long changes;
            do
            {
                changes = passes.Compare("catch up", tallies: null, isSealed: false);
            }
            while (changes > FewChanges && passes.Count < MostPasses);
            _compared += passes.Count;
            if (!mayMove)
            {
                return new MoveReceipt(known.MoveId, _from.Name, _to.Name, Switched: false, passes.Count, changes, 0, [], passes.ArchivedRuns, 0);
            }
        }
        else if (!mayMove)
        {
            throw new RunLogUnavailableException($"{_from.Name} is sealed already: finish the migration, or roll it back.");
        }

        var began = Stopwatch.GetTimestamp();
        _switch.Seal(known);
        using var tallies = new MoveTallies();
        var mended = passes.Compare("switch", tallies, isSealed: true);
        return _switch.Finish(known, new MoveReceipt(
            known.MoveId, _from.Name, _to.Name, Switched: true, before + passes.Count, mended, 0, Reconcile(tallies), passes.ArchivedRuns, 0), began);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close(_source);
        Close(_target);
    }

    private static void Close(MoveSide? side)
    {
        side?.Connection.Dispose();
        side?.Database.Dispose();
    }

    private static long Count(MoveSide side, MovedTable table) => side.Number($"SELECT count(*) FROM {table.Name}") ?? 0;

    private MoveRecord? Known() => MoveRecord.Last(_target.Connection, MoveRole.To);

    private void RequireFitting()
    {
        var known = Known();
        if (known is { State: MoveState.Copying } && known.Place != _from.Name)
        {
            throw new RunLogUnavailableException($"{_to.Name} is being filled from {known.Place}: finish that migration, or roll it back.");
        }

        if (MoveRecord.Last(_source.Connection, MoveRole.From) is { State: MoveState.Moved } moved && moved.MoveId != known?.MoveId)
        {
            throw new RunLogUnavailableException($"The log of {_from.Name} has moved to {moved.Place} already.");
        }

        if (MoveRecord.Last(_source.Connection, MoveRole.To) is { State: MoveState.Copying } filling)
        {
            throw new RunLogUnavailableException($"{_from.Name} is itself being filled from {filling.Place}: finish that migration first.");
        }

        if ((known is null || known.Place != _from.Name) && MovedTables.All.FirstOrDefault(table => Count(_target, table) > 0) is { } used)
        {
            throw new RunLogUnavailableException($"{_to.Name} is used: its {used.Name} has {Count(_target, used)} rows. Name an empty place.");
        }
    }

    private MoveRecord Begin()
    {
        var below = MovedTables.OfRuns.Where(static table => table.IsNumbered).Min(table => _source.Number($"SELECT min(seq) FROM {table.Name}") ?? 0);
        MoveRecord.Add(
            _target.Connection, Guid.CreateVersion7(), MoveRole.To, _from.Name, MoveState.Copying, new MoveDocument(Math.Min(below, 0), new Dictionary<string, long>(), Receipt: null), _time.GetUtcNow());
        return Known()!;
    }

    private List<MovedRows> Reconcile(MoveTallies tallies) => [.. tallies.Tables.Select(table =>
    {
        var (source, target) = tallies[table];
        var hash = source.Hash();
        return source.Rows == target.Rows && hash == target.Hash()
            ? new MovedRows(table, source.Rows, hash)
            : throw new InvalidDataException(
                $"The table {table} has {source.Rows} rows in {_from.Name} and {target.Rows} in {_to.Name}, or others. The old place is sealed and whole: ask for the migration again, or roll it back.");
    })];
}
