using System.Data.Common;
using Consensus.Contracts.Audit;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.LongTerm.Importing;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Runs;

/// <summary>Runs that leave the log, and come back.</summary>
public sealed partial class RunLog
{
    private const int ExportedAtOnce = 200;
    private const int ImportedAtOnce = 100;
    private const int MostNamed = 100;

    /// <summary>Exports finished runs in order of creation to a new folder, and records it in the audit trail. What was begun and not finished has no manifest.</summary>
    /// <param name="order">What, and where to.</param>
    /// <param name="told">Told how many runs have been written.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read or written.</exception>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public async Task<ExportManifest> ExportAsync(ExportOrder order, Action<long>? told, CancellationToken cancellationToken)
    {
        RequireEnabled();
        await using var export = await RunExport.BeginAsync(order, cancellationToken);
        var after = RunPlace.First;
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

            after = RunPlace.Of(page[^1]);
            count += page.Count;
        }

        var manifest = await export.FinishAsync(_time.GetUtcNow(), ended: null, cancellationToken);
        await NoteAsync(
            new AuditNote(
                AuditAction.RunsExported, AuditSubjects.Export, manifest.ExportId.ToString("D"), order.KeyId, new("runs", count), new("format", manifest.Format),
                new("recordsSha256", manifest.RecordsSha256)),
            cancellationToken);
        return manifest;
    }

    /// <summary>Reads an export back, verified first. A run that is there with the same record is passed over, so that an import that was broken off is asked for again.</summary>
    /// <param name="folder">The export.</param>
    /// <param name="dryRun">Whether nothing is stored.</param>
    /// <param name="told">Told how many runs have been read.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="InvalidDataException">It is no export, or not what was written.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public async Task<ImportReceipt> ImportAsync(string folder, bool dryRun, Action<long>? told, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var export = await Task.Run(() => ExportFolder.Open(folder), cancellationToken);
        var receipt = new ImportReceipt(export.Manifest.ExportId, dryRun, 0, 0, 0, [], 0);
        foreach (var batch in export.Runs().Chunk(ImportedAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = _time.GetUtcNow();
            var outcomes = await _writer.WriteAsync(
                statements =>
                {
                    using var import = new ImportStatements(statements.Retention.Connection, statements.Audit);
                    return Array.ConvertAll(batch, run => (run.RunId, Reason: import.Import(run, dryRun, now)));
                },
                cancellationToken);
            var refused = outcomes.Where(static outcome => outcome.Reason is { Length: > 0 }).Select(static outcome => new RefusedRun(outcome.RunId, outcome.Reason!)).ToList();
            receipt = receipt with
            {
                Read = receipt.Read + batch.Length,
                Imported = receipt.Imported + outcomes.Count(static outcome => outcome.Reason is null),
                Skipped = receipt.Skipped + outcomes.Count(static outcome => outcome.Reason is { Length: 0 }),
                Refused = [.. receipt.Refused.Concat(refused).Take(MostNamed)],
                Refusals = receipt.Refusals + refused.Count,
            };
            told?.Invoke(receipt.Read);
        }

        if (!dryRun)
        {
            await NoteAsync(
                new AuditNote(
                    AuditAction.RunsImported, AuditSubjects.Export, receipt.ExportId.ToString("D"), KeyId: null, new("imported", receipt.Imported), new("skipped", receipt.Skipped),
                    new("refused", receipt.Refusals), new("recordsSha256", export.Manifest.RecordsSha256)),
                cancellationToken);
        }

        return receipt;
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
