using Consensus.ApiService.Telemetry;
using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Evidence;

/// <summary>Stores what came of evidence mode, as far as the privacy level lets it, and finds it again.</summary>
internal sealed partial class EvidenceRecords(EvidenceStore store, RunLog runs, IOptions<RunLogOptions> log, ILogger<EvidenceRecords> logger)
{
    /// <summary>Whether there is a store at all.</summary>
    public bool HasStore => store.IsEnabled;

    /// <summary>Whether records are stored: where runs are.</summary>
    public bool AreStored => store.IsEnabled && log.Value.Enabled;

    /// <summary>
    /// Stores a record. The answer was paid for: a store that fails does not take it away, the record is then not found again and has no address.
    /// </summary>
    /// <returns>The record with its links.</returns>
    public async Task<EvidenceRecord> SaveAsync(EvidenceRecord record, string? keyId)
    {
        var linked = record with { Links = EvidenceLinks.Of(record) };
        if (AreStored)
        {
            try
            {
                await store.SaveEvidenceAsync(RecordPrivacy.Apply(linked, log.Value.Content), keyId, CancellationToken.None);
                return linked;
            }
            catch (EvidenceUnavailableException fault)
            {
                EvidenceMetrics.NotStored();
                LogNotStored(fault, record.EvidenceId);
            }
        }

        return record with { Links = EvidenceLinks.Of(record).Where(static link => link.Key != EvidenceLinks.Self).ToDictionary() };
    }

    /// <summary>Finds a record; with <paramref name="owner"/> only if it belongs to that key.</summary>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read.</exception>
    public Task<EvidenceRecord?> FindAsync(Guid evidenceId, string? owner, CancellationToken cancellationToken) => store.FindEvidenceAsync(evidenceId, owner, cancellationToken);

    /// <summary>The record of a run; <c>null</c> where there is none, or records are not stored.</summary>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read.</exception>
    public async Task<EvidenceRecord?> FindOfRunAsync(Guid runId, CancellationToken cancellationToken) =>
        AreStored && (await store.ListEvidenceAsync(new EvidenceFilter { RunId = runId, Limit = 1 }, cancellationToken)).Items is [var found, ..]
            ? await store.FindEvidenceAsync(found.EvidenceId, null, cancellationToken)
            : null;

    /// <summary>Lists records, newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read.</exception>
    public Task<Page<EvidenceSummary>> ListAsync(EvidenceFilter filter, CancellationToken cancellationToken) => store.ListEvidenceAsync(filter, cancellationToken);

    /// <summary>Erases a record, if the caller may.</summary>
    /// <exception cref="EvidenceUnavailableException">The store cannot be written.</exception>
    public Task<EvidenceErasure> DeleteAsync(Guid evidenceId, Func<string?, bool> mayErase) => store.DeleteEvidenceAsync(evidenceId, mayErase, CancellationToken.None);

    /// <summary>Erases the records of a run that was erased. Should the store fail, the next sweep does it.</summary>
    public async Task DeleteOfRunAsync(Guid runId)
    {
        if (!store.IsEnabled)
        {
            return;
        }

        try
        {
            await store.DeleteEvidenceOfRunsAsync([runId], CancellationToken.None);
        }
        catch (EvidenceUnavailableException fault)
        {
            LogNotErased(fault, runId);
        }
    }

    /// <summary>Erases the records of all runs that are not stored any more, whoever erased them.</summary>
    /// <returns>How many records there were.</returns>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read.</exception>
    /// <exception cref="EvidenceUnavailableException">The store cannot be read or written.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var (erased, cursor) = (0, default(string));
        do
        {
            if (!AreStored)
            {
                return erased;
            }

            var page = await store.ListEvidenceAsync(new EvidenceFilter { Limit = Limits.MaxPageSize, Cursor = cursor }, cancellationToken);
            var missing = await runs.FindMissingAsync([.. page.Items.Select(static item => item.RunId).OfType<Guid>().Distinct()], cancellationToken);
            erased += missing.Count == 0 ? 0 : await store.DeleteEvidenceOfRunsAsync(missing, cancellationToken);
            cursor = page.Next;
        }
        while (cursor is not null);
        return erased;
    }

    [LoggerMessage(LogLevel.Warning, "Evidence record {EvidenceId} is answered, but could not be stored")]
    private partial void LogNotStored(Exception fault, Guid evidenceId);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} is erased; its evidence records could not be, and go with the next purge")]
    private partial void LogNotErased(Exception fault, Guid runId);
}
