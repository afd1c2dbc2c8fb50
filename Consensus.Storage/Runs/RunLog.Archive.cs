using System.Data.Common;
using Consensus.Contracts.Runs;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Reading;

namespace Consensus.Storage.Runs;

/// <summary>Runs that moved into compressed files.</summary>
public sealed partial class RunLog
{
    private const int RunsOfSegment = 512;
    private const int MovedAtOnce = 50;

    /// <summary>Files may be taken away while they are looked up: then the run lies elsewhere, or is gone.</summary>
    private const int Tries = 5;

    /// <summary>One at a time changes the files.</summary>
    private readonly SemaphoreSlim _archiving = new(1, 1);

    private ArchiveFiles Archive => new(_folder);

    /// <summary>
    /// Moves runs that ended before a time into the archive, file by file: written, read again, and only then taken out of the tables with their audit. A run that is changed
    /// meanwhile stays. First finishes what an earlier process has begun. Returns how many moved, or in a dry run are due.
    /// </summary>
    /// <param name="before">Runs that ended before this.</param>
    /// <param name="dryRun">Whether nothing is moved.</param>
    /// <param name="told">Told how many have moved.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read or written.</exception>
    /// <exception cref="IOException">The archive cannot be read or written.</exception>
    public async Task<long> ArchiveAsync(DateTimeOffset before, bool dryRun, Action<long>? told, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var cutOff = StoredTime.Write(before);
        if (dryRun)
        {
            return (await LookAsync(connection => ArchiveReader.Due(connection, cutOff, _holds, int.MaxValue), cancellationToken)).Count;
        }

        await _archiving.WaitAsync(cancellationToken);
        try
        {
            await TidyAsync(cancellationToken);
            long moved = 0;
            for (long last = -1; moved != last;)
            {
                last = moved;
                var due = await LookAsync(
                    connection => ArchiveReader.Due(connection, cutOff, _holds, RunsOfSegment).Select(seq => PortableRunReader.One(connection, seq)).ToList(), cancellationToken);
                foreach (var month in due.GroupBy(static run => ArchiveFiles.MonthOf(run.CreatedAt)))
                {
                    moved += await MoveAsync(month.Key, [.. month.OrderBy(static run => run.CreatedAt)], cancellationToken);
                    told?.Invoke(moved);
                }
            }

            await TidyAsync(cancellationToken);
            return moved;
        }
        finally
        {
            _archiving.Release();
        }
    }

    /// <summary>How many runs are archived, and the bytes of their files.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<(long Runs, long Bytes)> MeasureArchiveAsync(CancellationToken cancellationToken) => LookAsync(ArchiveReader.Size, cancellationToken);

    private async Task<int> MoveAsync(string month, IReadOnlyList<PortableRun> runs, CancellationToken cancellationToken)
    {
        var lines = runs.Select(PortableRunJson.Write).ToList();
        var segment = Archive.Write(month, lines);
        var moving = runs.Select((run, i) => new ArchivingRun(run, lines[i], segment.Places[i])).ToList();
        long? seq = null;
        var moved = 0;
        foreach (var batch in moving.Chunk(MovedAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = _time.GetUtcNow();
            (seq, var count) = await _writer.WriteAsync(
                statements =>
                {
                    var archive = new ArchiveStatements(statements.Retention.Connection, statements.Audit);
                    var owner = seq ?? archive.Add(segment, now);
                    return (owner, archive.Move(owner, segment.Path, batch, now));
                },
                CancellationToken.None, erases: true);
            moved += count;
        }

        return moved;
    }

    /// <summary>Takes files away that nobody knows, and writes those anew that have runs which are gone.</summary>
    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        foreach (var (seq, _) in await LookAsync(ArchiveReader.Stale, cancellationToken))
        {
            await RewriteAsync(seq, cancellationToken);
        }

        await RemoveUnknownAsync(cancellationToken);
    }

    /// <summary>Writes a file anew without the runs that are gone; the old one is taken away.</summary>
    private async Task RewriteAsync(long segmentSeq, CancellationToken cancellationToken)
    {
        var rows = await LookAsync(connection => ArchiveReader.OfSegment(connection, segmentSeq), cancellationToken);
        ArchiveSegment? anew = null;
        if (rows.Count > 0)
        {
            anew = Archive.Write(ArchiveFiles.MonthOf(rows[0].created_at), ReadLines(rows));
        }

        var now = _time.GetUtcNow();
        await _writer.WriteAsync(
            statements => new ArchiveStatements(statements.Retention.Connection, statements.Audit).Replace(segmentSeq, anew, [.. rows.Select(static row => row.run_id)], now),
            CancellationToken.None, erases: true);
        await RemoveUnknownAsync(cancellationToken);
    }

    private async Task RemoveUnknownAsync(CancellationToken cancellationToken)
    {
        var known = (await LookAsync(ArchiveReader.Paths, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Archive.All().Where(path => !known.Contains(path)))
        {
            Archive.Remove(path);
        }
    }

    private List<byte[]> ReadLines(IReadOnlyList<ArchivedRow> rows)
    {
        var files = Archive;
        Dictionary<(string, long), IReadOnlyList<ReadOnlyMemory<byte>>> blocks = [];
        return [.. rows.Select(row =>
        {
            if (!blocks.TryGetValue((row.path, row.block_offset), out var block))
            {
                blocks[(row.path, row.block_offset)] = block = files.ReadBlock(row.path, row.block_offset);
            }

            return block[(int)row.line].ToArray();
        })];
    }

    private async Task<T> InArchiveAsync<T>(Func<Task<T>> look)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await look();
            }
            catch (IOException) when (tries < Tries)
            {
                // The file was written anew meanwhile: the index tells where the run lies now.
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                throw new RunLogUnavailableException("The archive of the run log cannot be read.", fault);
            }
        }
    }

    private Task<ConsensusResponse?> FindArchivedAsync(Guid runId, string? keyId, CancellationToken cancellationToken) => InArchiveAsync(
        async () => await LookAsync(connection => ArchiveReader.Find(connection, runId, keyId), cancellationToken) is { } row
            ? ArchivedAssembly.Run(PortableRunJson.Read(ReadLines([row])[0]))
            : null);

    private Task<Page<RunSummary>> ListTiersAsync(RunFilter filter, CancellationToken cancellationToken) => InArchiveAsync(
        async () =>
        {
            if (await LookAsync(connection => TieredListing.Read(connection, filter), cancellationToken) is not { } page)
            {
                return _reader.List(filter);
            }

            var archived = page.Rows.Where(static row => row.Archived is not null).Select(static row => row.Archived!).ToList();
            var runs = new Queue<byte[]>(ReadLines(archived));
            return new Page<RunSummary>(
                [.. page.Rows.Select(row => row.Hot is { } hot ? RunAssembly.Summary(hot) : ArchivedAssembly.Summary(PortableRunJson.Read(runs.Dequeue())))], page.Next);
        });

    private async Task<Erasure> DeleteArchivedAsync(Guid runId, Func<string?, bool> mayErase, string? by, CancellationToken cancellationToken)
    {
        await _archiving.WaitAsync(cancellationToken);
        try
        {
            var now = _time.GetUtcNow();
            var (erasure, segment) = await _writer.WriteAsync(
                statements => (new ArchiveStatements(statements.Retention.Connection, statements.Audit).Delete(runId, mayErase, _holds, by, now, out var of), of),
                cancellationToken, erases: true);
            if (erasure == Erasure.Erased)
            {
                await RewriteAsync(segment, CancellationToken.None);
            }

            return erasure;
        }
        finally
        {
            _archiving.Release();
        }
    }

    /// <summary>Purges archived runs that are too old, and writes their files anew without them.</summary>
    private async Task<long> PurgeArchivedAsync(PurgeBatch batch, CancellationToken cancellationToken)
    {
        var holds = RetentionPolicies.Holds(batch.Order.Policy);
        if (batch.Order.DryRun)
        {
            return await LookAsync(connection => ArchiveStatements.CountDue(connection, holds, batch.CutOff!.Value), cancellationToken);
        }

        await _archiving.WaitAsync(cancellationToken);
        try
        {
            long all = 0;
            for (var rows = -1; rows != 0; all += rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var now = _time.GetUtcNow();
                rows = await _writer.WriteAsync(
                    statements => new ArchiveStatements(statements.Retention.Connection, statements.Audit).Purge(batch, holds, now), CancellationToken.None, erases: true);
            }

            if (all > 0)
            {
                await TidyAsync(CancellationToken.None);
            }

            return all;
        }
        finally
        {
            _archiving.Release();
        }
    }

    /// <summary>Reads archived runs with what they are, for an export or a check.</summary>
    private IReadOnlyList<PortableRun> ReadArchived(DbConnection connection, RunRange range, RunPlace after, int most) =>
        [.. ReadLines(ArchiveReader.Page(connection, range, after, most)).Select(static line => PortableRunJson.Read(line))];
}
