using System.Data.Common;
using Consensus.Contracts.Audit;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.LongTerm.Exporting;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Runs;

/// <summary>Runs that leave the log, and come back.</summary>
public sealed partial class RunLog
{
    private const int ExportedAtOnce = 200;

    /// <summary>Exports finished runs in order of creation to a new folder, and records it in the audit trail. What was begun and not finished has no manifest.</summary>
    /// <param name="order">What, and where to.</param>
    /// <param name="told">Told how many runs have been written.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read or written.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public Task<ExportManifest> ExportAsync(ExportOrder order, Action<long>? told, CancellationToken cancellationToken) =>
        ExportAsync(order, addEvidence: null, told, cancellationToken);

    /// <summary>
    /// The same, with evidence beside the runs: the records of those runs, those without a run by their own time, and all collections, or, with a range of time,
    /// the collections that these records name. It is read after the runs, as it is at one moment.
    /// </summary>
    /// <param name="order">What, and where to.</param>
    /// <param name="evidence">The evidence store; <c>null</c>: there is none, and its file is empty.</param>
    /// <param name="told">Told how many runs have been written, and how many collections, documents and records.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read or written.</exception>
    /// <exception cref="EvidenceUnavailableException">The evidence store cannot be read.</exception>
    /// <exception cref="EvidenceVersionException">Evidence is of a version that is not known here.</exception>
    /// <exception cref="EvidenceShapeException">Evidence is not as its schema says.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public async Task<ExportManifest> ExportWithEvidenceAsync(ExportOrder order, EvidenceStore? evidence, Action<long, long>? told, CancellationToken cancellationToken)
    {
        if (evidence is not null)
        {
            await evidence.ReadAsync(static _ => true, cancellationToken); // one that cannot be had is told of before runs are written
        }

        return await ExportAsync(
            order, (export, runs) => export.AddEvidenceAsync(evidence, runs, count => told?.Invoke(runs.Count, count), cancellationToken),
            count => told?.Invoke(count, 0), cancellationToken);
    }

    private async Task<ExportManifest> ExportAsync(
        ExportOrder order, Func<RunExport, HashSet<Guid>, Task>? addEvidence, Action<long>? told, CancellationToken cancellationToken)
    {
        RequireEnabled();
        await using var export = await RunExport.BeginAsync(order, cancellationToken);
        var after = RunPlace.First;
        var runs = new HashSet<Guid>();
        long count = 0;
        for (List<PortableRun> page; ; told?.Invoke(count))
        {
            var from = after;
            page = await InArchiveAsync(() => LookAsync(connection => ReadPage(connection, order.Range, from), cancellationToken));
            if (page.Count == 0)
            {
                break;
            }

            foreach (var run in page)
            {
                await export.AddAsync(run, cancellationToken);
            }

            runs.UnionWith(addEvidence is null ? [] : page.Select(static run => run.RunId));
            after = RunPlace.Of(page[^1]);
            count += page.Count;
        }

        if (addEvidence is not null)
        {
            await addEvidence(export, runs);
        }

        var manifest = await export.FinishAsync(_time.GetUtcNow(), ended: null, cancellationToken);
        await NoteAsync(
            new AuditNote(
                AuditAction.RunsExported, AuditSubjects.Export, manifest.ExportId.ToString("D"), order.KeyId, new("runs", count), new("format", manifest.Format),
                new("recordsSha256", manifest.RecordsSha256), new("collections", manifest.Evidence?.Collections), new("documents", manifest.Evidence?.Documents),
                new("evidenceRecords", manifest.Evidence?.Records), new("evidenceSha256", manifest.Evidence?.Sha256)),
            cancellationToken);
        return manifest;
    }

    /// <summary>Copies the log at one moment, with its archive and its heads, while it is written; the archive stays as it is meanwhile.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    /// <exception cref="IOException">The copy cannot be written, or is not sound.</exception>
    internal async Task CopyAsync(string folder, CancellationToken cancellationToken)
    {
        await _archiving.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(
                () =>
                {
                    using var connection = _database.OpenReader() as SqliteConnection
                        ?? throw new RunLogUnavailableException($"The run log is a database of the server {Place}, which has means of its own to be backed up.");
                    BackupWriter.CopyLog(connection, _folder, _trail.HeadPath, folder);
                },
                cancellationToken);
        }
        catch (DbException fault)
        {
            throw new RunLogUnavailableException("The run log cannot be copied.", fault);
        }
        finally
        {
            _archiving.Release();
        }
    }

    /// <summary>Records in the audit trail that a backup was made.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    internal Task NoteBackupAsync(BackupManifest manifest, string? keyId, CancellationToken cancellationToken) => NoteAsync(
        new AuditNote(
            AuditAction.BackupMade, AuditSubjects.Backup, manifest.BackupId.ToString("D"), keyId, new("files", manifest.Files.Count),
            new("bytes", manifest.Files.Sum(static file => file.Bytes))),
        cancellationToken);

    /// <summary>The next runs of both tiers. What moves between two pages stays in its place in the order.</summary>
    private List<PortableRun> ReadPage(DbConnection connection, RunRange range, RunPlace after)
    {
        // The writer reads inside its own transaction.
        using var snapshot = _database.IsExclusive ? null : connection.BeginSnapshot();
        return [.. PortableRunReader.Page(connection, range, after, ExportedAtOnce).Concat(ReadArchived(connection, range, after, ExportedAtOnce))
            .OrderBy(static run => run.CreatedAt).ThenBy(static run => Convert.ToHexString(run.IdBytes), StringComparer.Ordinal).Take(ExportedAtOnce)];
    }

    private Task<bool> NoteAsync(AuditNote note, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(
            statements =>
            {
                statements.Audit.Append(note, now);
                return true;
            },
            cancellationToken);
    }
}
