using System.Data.Common;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Databases;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs.Fields;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Runs;

/// <summary>Runs that leave the log by schedule, each once.</summary>
public sealed partial class RunLog
{
    /// <summary>The last export by schedule; <c>null</c> before the first.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<ScheduledExport?> FindScheduledExportAsync(CancellationToken cancellationToken) => LookAsync(ScheduledExport.Last, cancellationToken);

    /// <summary>
    /// Exports the runs of both tiers that ended after the last of the export before, and remembers it in the audit trail. However it ends, the next goes on
    /// where
    /// the last that is remembered ended. Returns <c>null</c> when no run has ended since.
    /// </summary>
    /// <param name="order">Which runs, and where to.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read or written.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process exported the same meanwhile.</exception>
    public Task<ExportManifest?> ExportEndedAsync(ScheduledExportOrder order, CancellationToken cancellationToken) =>
        ExportEndedAsync(order, reached: null, cancellationToken);

    /// <inheritdoc cref="ExportEndedAsync(ScheduledExportOrder, CancellationToken)"/>
    /// <param name="order">Which runs, and where to.</param>
    /// <param name="reached">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    internal async Task<ExportManifest?> ExportEndedAsync(ScheduledExportOrder order, Action<ExportStep>? reached, CancellationToken cancellationToken)
    {
        var last = await FindScheduledExportAsync(cancellationToken);
        var folder = new ScheduledFolder(order.Folder);
        folder.Settle(last);
        var before = StoredTime.Write(order.Before);
        var page = await EndedAsync(before, last?.Through ?? EndPlace.First, cancellationToken);
        if (page.Count == 0)
        {
            return null;
        }

        var now = _time.GetUtcNow();
        var sequence = (last?.Sequence ?? 0) + 1;
        var name = ScheduledFolder.NameOf(sequence, now);
        var (manifest, ended) = await WriteEndedAsync(order, folder.PartOf(name), page, last, sequence, cancellationToken);
        reached?.Invoke(ExportStep.Written);
        var isRemembered = await _writer.WriteAsync(
            statements =>
            {
                if (ScheduledExport.Last(statements.Retention.Connection)?.ExportId != last?.ExportId)
                {
                    return false;
                }

                statements.Audit.Append(ScheduledExport.Note(name, manifest, ended), now);
                return true;
            },
            CancellationToken.None);
        if (!isRemembered)
        {
            Directory.Delete(folder.PartOf(name), recursive: true);
            throw new IOException("Another process exported the same runs meanwhile; Export:Folder is for one of the processes that share a database.");
        }

        reached?.Invoke(ExportStep.Remembered);
        folder.Publish(name);
        if (order.Keep is { } keep)
        {
            folder.Tidy(keep);
        }

        return manifest;
    }

    private async Task<(ExportManifest Manifest, EndedRuns Ended)> WriteEndedAsync(
        ScheduledExportOrder order, string part, List<PortableRun> page, ScheduledExport? last, long sequence, CancellationToken cancellationToken)
    {
        var before = StoredTime.Write(order.Before);
        try
        {
            await using var export = await RunExport.BeginAsync(new ExportOrder(part, order.Format, From: null, To: null, KeyId: null, order.Level), cancellationToken);
            var through = EndPlace.First;
            for (; page.Count > 0; page = await EndedAsync(before, through, cancellationToken))
            {
                foreach (var run in page)
                {
                    await export.AddAsync(run, cancellationToken);
                }

                through = EndPlace.Of(page[^1]);
            }

            var ended = new EndedRuns(sequence, last?.ThroughFinishedAt, last?.ThroughRunId, StoredTime.Read(through.FinishedAt), StoredValue.Id(through.RunId));
            return (await export.FinishAsync(_time.GetUtcNow(), ended, cancellationToken), ended);
        }
        catch
        {
            // A full disk is not to stay so. What cannot be taken away now is at the next attempt.
            try
            {
                Directory.Delete(part, recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LogExportLeft(fault, part);
            }

            throw;
        }
    }

    /// <summary>The next runs of both tiers in the order of their end.</summary>
    private Task<List<PortableRun>> EndedAsync(long before, EndPlace after, CancellationToken cancellationToken) => InArchiveAsync(() => LookAsync(
        connection =>
        {
            // The writer reads inside its own transaction.
            using var snapshot = _database.IsExclusive ? null : connection.BeginSnapshot();
            return (List<PortableRun>)[.. PortableRunReader.Page(connection, before, after, ExportedAtOnce).Concat(ArchivedEnded(connection, before, after))
                .OrderBy(static run => run.FinishedAt).ThenBy(static run => Convert.ToHexString(run.IdBytes), StringComparer.Ordinal).Take(ExportedAtOnce)];
        },
        cancellationToken));

    private IEnumerable<PortableRun> ArchivedEnded(DbConnection connection, long before, EndPlace after) =>
        ReadLines(ArchiveReader.Page(connection, before, after, ExportedAtOnce)).Select(static line => PortableRunJson.Read(line));

    [LoggerMessage(LogLevel.Warning, "What was begun of the export {Part} cannot be taken away; the next one tries again")]
    private partial void LogExportLeft(Exception fault, string part);
}
