using System.Runtime.ExceptionServices;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Copying;

namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>
/// Writes the evidence of an export: the records of its runs and those without a run, and collections. Without a range of time these are all collections,
/// with one the collections that the records name. What is read is of one moment.
/// </summary>
/// <param name="order">What is exported.</param>
/// <param name="runs">The runs of the export: the records of others do not leave.</param>
/// <param name="told">Told now and then how many collections, documents and records have been written.</param>
internal sealed class EvidenceExport(ExportOrder order, IReadOnlySet<Guid> runs, Action<long> told)
{
    private const int ToldEvery = 100;

    private readonly ExportFormat _format = FormatOf(order.Format);

    /// <summary>How the lines of evidence are written: as the runs are, and with Zstandard beside Parquet.</summary>
    public static ExportFormat FormatOf(ExportFormat format) => format == ExportFormat.NdjsonGz ? format : ExportFormat.NdjsonZst;

    /// <summary>The file's name.</summary>
    public static string NameOf(ExportFormat format) => "evidence." + ExportFormats.WordOf(FormatOf(format));

    /// <summary>Writes the file.</summary>
    /// <param name="store">The store; null: there is none.</param>
    /// <param name="cancellationToken">Ends it between two of its things.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read.</exception>
    /// <exception cref="EvidenceVersionException">Something is of a version that is not known here.</exception>
    /// <exception cref="EvidenceShapeException">Something is not as its schema says.</exception>
    public async Task<ExportedEvidence> WriteAsync(EvidenceStore? store, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return Write(rows: null, cancellationToken);
        }

        // A file that cannot be written is no fault of the store.
        var (written, fault) = await store.ReadAsync(
            rows =>
            {
                try
                {
                    return (Written: (ExportedEvidence?)Write(rows, cancellationToken), Fault: (ExceptionDispatchInfo?)null);
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    return (null, ExceptionDispatchInfo.Capture(fault));
                }
            },
            cancellationToken);
        fault?.Throw();
        return written!;
    }

    /// <summary>Writes the file, in place of what an earlier attempt has begun.</summary>
    private ExportedEvidence Write(EvidenceRows? rows, CancellationToken cancellationToken)
    {
        var name = NameOf(order.Format);
        var path = Path.Combine(order.Folder, name);
        File.Delete(path);
        using var file = new LineFile(path, _format, order.Level);
        using var sum = new EvidenceSum();
        if (rows is not null)
        {
            Write(rows, file, sum, cancellationToken);
        }

        file.Finish();
        var digest = sum.Finish();
        return new ExportedEvidence(name, digest.Collections, digest.Documents, digest.Passages, digest.Records, digest.Hash);
    }

    private void Write(EvidenceRows rows, LineFile file, EvidenceSum sum, CancellationToken cancellationToken)
    {
        var count = 0L;
        var named = order.From is null && order.To is null
            ? null
            : EvidenceWalk.Records(rows).Where(Leaves).Select(static record => record.Record.Collection).OfType<Guid>().ToHashSet();
        foreach (var collection in EvidenceWalk.Collections(rows).Where(collection => named?.Contains(collection.Id) != false))
        {
            sum.Add(collection);
            Add(new EvidenceLine { Collection = collection });
            foreach (var whole in EvidenceWalk.Documents(rows, collection.Id))
            {
                sum.Add(whole);
                Add(new EvidenceLine { Document = whole });
            }
        }

        foreach (var record in EvidenceWalk.Records(rows).Where(Leaves))
        {
            sum.Add(record);
            Add(new EvidenceLine { Record = record });
        }

        void Add(EvidenceLine line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Add(line.Write());
            if (++count % ToldEvery == 0)
            {
                told(count);
            }
        }
    }

    /// <summary>With its run; without one, by its own time.</summary>
    private bool Leaves(StoredRecord record) => record.Record.RunId is { } run
        ? runs.Contains(run)
        : (order.From is not { } from || record.Record.CreatedAt >= from) && (order.To is not { } to || record.Record.CreatedAt < to);
}
