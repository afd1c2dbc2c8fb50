using System.Security.Cryptography;
using Consensus.Storage.Databases;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Runs.Fields;
using Dapper;

namespace Consensus.Storage.Moving;

/// <summary>
/// Brings archived runs into the tables of the other place, for the archive is files beside the old one. They are numbered below all others, downwards, so that they meet no run that is yet to come
/// and are older than each.
/// </summary>
/// <param name="source">Where the log is.</param>
/// <param name="files">Its archive.</param>
/// <param name="target">Where it goes.</param>
/// <param name="below">Runs that came out of the archive are numbered below this.</param>
internal sealed class ArchiveMove(MoveSide source, ArchiveFiles files, MoveSide target, long below)
{
    private const int AtOnce = ArchiveFiles.RunsOfBlock * 8;

    /// <summary>Runs that came out of the archive are numbered below this.</summary>
    public long Below => below;

    /// <summary>Compares every archived run with what stands for it, brings over what is missing and takes away what is no longer archived.</summary>
    /// <param name="isSealed">Whether the source stays as it is: then nothing may be left undone.</param>
    /// <param name="told">Told how many were compared.</param>
    /// <param name="cancellationToken">Ends it between two transactions.</param>
    public ArchiveTally Compare(bool isSealed, Action<long> told, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long runs = 0;
        var changes = TakeAway();
        var after = RunPlace.First;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = ArchiveReader.Page(source.Connection, RunRange.All, after, AtOnce);
            if (page.Count == 0)
            {
                return new ArchiveTally(runs, changes, Convert.ToHexStringLower(hash.GetCurrentHash()));
            }

            var read = ReadAll(page, isSealed, ref changes);
            read.ForEach(run => hash.AppendData(run.ComputeHash()));
            changes += Write(read, isSealed);
            runs += page.Count;
            after = new RunPlace(page[^1].created_at, page[^1].run_id);
            told(runs);
        }
    }

    /// <summary>The runs of a page. A file may be written anew meanwhile: what it held is looked at again in the next comparison.</summary>
    private List<PortableRun> ReadAll(IReadOnlyList<ArchivedRow> page, bool isSealed, ref long changes)
    {
        Dictionary<(string, long), IReadOnlyList<ReadOnlyMemory<byte>>> blocks = [];
        List<PortableRun> runs = [];
        foreach (var row in page)
        {
            try
            {
                if (!blocks.TryGetValue((row.path, row.block_offset), out var block))
                {
                    blocks[(row.path, row.block_offset)] = block = files.ReadBlock(row.path, row.block_offset);
                }

                var run = PortableRunJson.Read(block[(int)row.line]);
                runs.Add(run.ComputeHash().AsSpan().SequenceEqual(row.record) ? run : throw new IOException($"The archive file {row.path} has another record of the run {run.RunId:D} than the log says."));
            }
            catch (IOException) when (!isSealed)
            {
                changes++;
            }
        }

        return runs;
    }

    private long Write(List<PortableRun> runs, bool isSealed)
    {
        using var transaction = target.Connection.BeginTransaction();
        long changes = 0;
        List<PortableRun> missing = [];
        foreach (var run in runs)
        {
            var there = target.Number("SELECT seq FROM runs WHERE run_id = $id", ("$id", run.IdBytes));
            if (there >= below)
            {
                // It was moved into the archive since the tables were compared.
                changes++;
                if (isSealed)
                {
                    throw new InvalidDataException($"The run {run.RunId:D} is in the archive and in the tables of {source.Database.Place}: run consensus verify-audit.");
                }

                continue;
            }

            if (there is { } seq)
            {
                if (PortableRunJson.Write(PortableRunReader.One(target.Connection, seq)).AsSpan().SequenceEqual(PortableRunJson.Write(run)))
                {
                    continue;
                }

                target.Connection.Execute("DELETE FROM runs WHERE seq = @seq", new { seq });
            }

            missing.Add(run);
        }

        Insert(missing);
        transaction.Commit();
        return changes + missing.Count;
    }

    private void Insert(List<PortableRun> runs)
    {
        var rows = MovedTables.OfRuns.ToDictionary(static table => table.Name, static _ => new List<object[]>(), StringComparer.Ordinal);
        var seq = Free("runs", runs.Count);
        var label = Free("labels", runs.Sum(static run => run.Labels.Count));
        var job = Free("judge_jobs", runs.Sum(static run => run.Jobs.Count));
        var score = Free("scores", runs.Sum(static run => run.Jobs.Sum(static judged => judged.Scores.Count)));
        foreach (var run in runs)
        {
            var own = ("run_seq", seq);
            Put(PortableTables.Runs, run.Run, ("seq", seq));
            foreach (var row in run.Candidates)
            {
                Put(PortableTables.Candidates, row, own);
            }

            foreach (var row in run.Clusters)
            {
                Put(PortableTables.Clusters, row, own);
            }

            rows["run_models"].AddRange(run.Models.Select(model => new object[] { seq, model, run.CreatedAt, run.IdBytes }));
            rows["run_tags"].AddRange(run.Tags.Select(tag => new object[] { seq, tag, run.CreatedAt, run.IdBytes }));
            foreach (var row in run.Labels)
            {
                Put(PortableTables.Labels, row, own, ("seq", label++));
            }

            foreach (var judged in run.Jobs)
            {
                Put(PortableTables.Jobs, judged.Job, own, ("seq", job));
                foreach (var row in judged.Scores)
                {
                    Put(PortableTables.Scores, row, own, ("job_seq", job), ("seq", score++));
                }

                job++;
            }

            seq++;
        }

        foreach (var table in MovedTables.OfRuns)
        {
            target.Insert(table, rows[table.Name]);
        }

        void Put(PortableTable portable, object[] row, params ReadOnlySpan<(string Column, long Value)> numbers) => rows[portable.Name].Add(Whole(portable, row, numbers));
    }

    private static object[] Whole(PortableTable portable, object[] row, ReadOnlySpan<(string Column, long Value)> numbers)
    {
        var table = MovedTables.OfRuns.Single(table => table.Name == portable.Name);
        var whole = new object[table.Columns.Count];
        for (var i = 0; i < whole.Length; i++)
        {
            var place = portable.IndexOf(table.Columns[i].Name);
            whole[i] = place >= 0 ? row[place] : DBNull.Value;
        }

        foreach (var (column, value) in numbers)
        {
            whole[table.PlaceOf(column)] = value;
        }

        return whole;
    }

    /// <summary>The first of so many numbers that are below all that the table has.</summary>
    private long Free(string table, int count) => Math.Min(target.Number($"SELECT min(seq) FROM {table}") ?? 0, below) - count;

    /// <summary>Takes runs away that came out of the archive and are in it no more.</summary>
    private long TakeAway()
    {
        var archived = source.Connection.Query<byte[]>("SELECT run_id FROM archived_runs", buffered: false).Select(static id => StoredValue.Id(id)).ToHashSet();
        var gone = target.Connection.Query<(long Seq, byte[] RunId)>("SELECT seq, run_id FROM runs WHERE seq < @below", new { below }, buffered: false)
            .Where(run => !archived.Contains(StoredValue.Id(run.RunId))).Select(static run => run.Seq).ToList();
        using var transaction = target.Connection.BeginTransaction();
        foreach (var seq in gone)
        {
            target.Connection.Execute("DELETE FROM runs WHERE seq = @seq", new { seq }, transaction);
        }

        transaction.Commit();
        return gone.Count;
    }
}

/// <summary>The archived runs that were compared.</summary>
/// <param name="Runs">How many.</param>
/// <param name="Changes">How many had to be brought over or taken away.</param>
/// <param name="Sha256">The SHA-256 over the hashes of their records, in order of creation.</param>
internal readonly record struct ArchiveTally(long Runs, long Changes, string Sha256);
