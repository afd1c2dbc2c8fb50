using Consensus.Contracts.Audit;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Importing;

namespace Consensus.Storage.Runs;

/// <summary>Runs that come back.</summary>
public sealed partial class RunLog
{
    private const int ImportedAtOnce = 100;
    private const int MostNamed = 100;

    /// <summary>
    /// Reads the runs of an export back, verified first; evidence that it has is left out. A run that is there with the same record is passed over, so that an
    /// import that was broken off is asked for again.
    /// </summary>
    /// <param name="folder">The export.</param>
    /// <param name="dryRun">Whether nothing is stored.</param>
    /// <param name="told">Told how many runs have been read.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="InvalidDataException">It is no export, or not what was written.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<ImportReceipt> ImportAsync(string folder, bool dryRun, Action<long>? told, CancellationToken cancellationToken) =>
        ImportAsync(folder, openEvidence: null, dryRun, (runs, _) => told?.Invoke(runs), cancellationToken);

    /// <summary>The same with the evidence, where the export has any: behind the runs, and likewise. Records come with their run or not at all.</summary>
    /// <param name="folder">The export.</param>
    /// <param name="openEvidence">
    /// Opens the evidence store where it is needed; it is closed when all is done. Told whether one that is not there is made; <c>null</c> is for none.
    /// </param>
    /// <param name="dryRun">Whether nothing is stored.</param>
    /// <param name="told">Told how many runs have been read, and how many collections, documents and records.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="InvalidDataException">It is no export, or not what was written, or evidence of a version that is not known here is in it.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    /// <exception cref="EvidenceUnavailableException">The evidence store cannot be written.</exception>
    /// <exception cref="EvidenceVersionException">What stands in the store under an id of the export is of a version that is not known here.</exception>
    /// <exception cref="EvidenceShapeException">It is not as its schema says.</exception>
    public Task<ImportReceipt> ImportWithEvidenceAsync(
        string folder, Func<bool, EvidenceStore?> openEvidence, bool dryRun, Action<long, long>? told, CancellationToken cancellationToken) =>
        ImportAsync(folder, openEvidence, dryRun, told, cancellationToken);

    private async Task<ImportReceipt> ImportAsync(
        string folder, Func<bool, EvidenceStore?>? openEvidence, bool dryRun, Action<long, long>? told, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var export = await Task.Run(() => ExportFolder.Open(folder), cancellationToken);
        var hasEvidence = export.Manifest.Evidence is not null && openEvidence is not null;
        using var evidence = hasEvidence ? openEvidence!(!dryRun) : null;
        if (hasEvidence)
        {
            await Task.Run(() => EvidenceImport.Check(export), cancellationToken);
            // What was begun to be deleted there would otherwise take with it what comes back; and a store that cannot be had is told of before runs come.
            await (evidence is null ? Task.CompletedTask
                : dryRun ? evidence.ReadAsync(static _ => true, cancellationToken)
                : evidence.OpenAsync(cancellationToken));
        }

        var (receipt, read, refused) = await ImportRunsAsync(export, dryRun, count => told?.Invoke(count, 0), cancellationToken);
        if (hasEvidence)
        {
            var import = new EvidenceImport(evidence, FindLostAsync, count => told?.Invoke(receipt.Read, count), dryRun);
            receipt = receipt with { Evidence = await import.RunAsync(export, cancellationToken) };
        }

        if (!dryRun)
        {
            await NoteAsync(
                new AuditNote(
                    AuditAction.RunsImported, AuditSubjects.Export, receipt.ExportId.ToString("D"), KeyId: null, new("imported", receipt.Imported),
                    new("skipped", receipt.Skipped), new("refused", receipt.Refusals), new("recordsSha256", export.Manifest.RecordsSha256),
                    new("collections", receipt.Evidence?.Collections.Imported),
                    new("documents", receipt.Evidence?.Documents.Imported), new("evidenceRecords", receipt.Evidence?.Records.Imported),
                    new("evidenceSha256", receipt.Evidence is null ? null : export.Manifest.Evidence!.Sha256)),
                cancellationToken);
        }

        return receipt;

        // In a dry run the runs of the export are not there yet.
        async Task<IReadOnlySet<Guid>> FindLostAsync(IReadOnlyCollection<Guid> runs, CancellationToken token)
        {
            var missing = await FindMissingAsync(runs, token);
            return missing.Where(run => !dryRun || !read.Contains(run)).Concat(runs.Where(refused.Contains)).ToHashSet();
        }
    }

    private async Task<(ImportReceipt Receipt, HashSet<Guid> Read, HashSet<Guid> Refused)> ImportRunsAsync(
        ExportFolder export, bool dryRun, Action<long> told, CancellationToken cancellationToken)
    {
        var receipt = new ImportReceipt(export.Manifest.ExportId, dryRun, 0, 0, 0, [], 0);
        var (read, notStored) = (new HashSet<Guid>(), new HashSet<Guid>());
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
            var refused = outcomes.Where(static outcome => outcome.Reason is { Length: > 0 })
                .Select(static outcome => new RefusedRun(outcome.RunId, outcome.Reason!)).ToList();
            receipt = receipt with
            {
                Read = receipt.Read + batch.Length,
                Imported = receipt.Imported + outcomes.Count(static outcome => outcome.Reason is null),
                Skipped = receipt.Skipped + outcomes.Count(static outcome => outcome.Reason is { Length: 0 }),
                Refused = [.. receipt.Refused.Concat(refused).Take(MostNamed)],
                Refusals = receipt.Refusals + refused.Count,
            };
            read.UnionWith(dryRun && export.Manifest.Evidence is not null ? batch.Select(static run => run.RunId) : []);
            notStored.UnionWith(refused.Select(static run => run.RunId));
            told(receipt.Read);
        }

        return (receipt, read, notStored);
    }
}
