using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Evidence.Importing;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.LongTerm.Importing;

/// <summary>Reads the evidence of an export into a store, some of it in a transaction.</summary>
/// <param name="store">The store; null: there is none yet, in a dry run.</param>
/// <param name="findLost">Which of some runs are not there, so that nothing of them is to be either.</param>
/// <param name="told">Told behind each transaction how many collections, documents and records have been read.</param>
/// <param name="dryRun">Whether nothing is stored.</param>
internal sealed class EvidenceImport(
    EvidenceStore? store, Func<IReadOnlyCollection<Guid>, CancellationToken, Task<IReadOnlySet<Guid>>> findLost, Action<long> told, bool dryRun)
{
    private const int DocumentsAtOnce = 20;
    private const int RecordsAtOnce = 200;
    private const int MostNamed = 100;

    private readonly Dictionary<string, ImportedCounts> _counts = new()
    {
        ["collection"] = new(0, 0, 0, 0), ["document"] = new(0, 0, 0, 0), ["record"] = new(0, 0, 0, 0),
    };

    private readonly List<RefusedEvidence> _refused = [];

    /// <summary>By key, the collections that a dry run would have made.</summary>
    private readonly Dictionary<string, int> _pending = [];

    private StoredCollection? _collection;
    private StoredCollection? _counted;
    private bool _isRefused;

    /// <summary>Reads all of it without storing anything, so that what cannot be read is told of before anything is stored.</summary>
    /// <exception cref="InvalidDataException">A line is none, or of a version that is not known here, or lines are missing.</exception>
    public static void Check(ExportFolder export)
    {
        var (collections, documents, passages, records) = (0L, 0L, 0L, 0L);
        foreach (var line in export.Evidence())
        {
            collections += line.Collection is null ? 0 : 1;
            documents += line.Document is null ? 0 : 1;
            passages += line.Document?.Text.Passages.Count ?? 0;
            records += line.Record is null ? 0 : 1;
        }

        var told = export.Manifest.Evidence!;
        if ((collections, documents, passages, records) != (told.Collections, told.Documents, told.Passages, told.Records))
        {
            throw new InvalidDataException($"{told.File} does not hold the collections, documents, passages and records that the manifest counts.");
        }
    }

    /// <summary>Stores what is not there.</summary>
    /// <exception cref="EvidenceUnavailableException">The store cannot be written.</exception>
    public async Task<ImportedEvidence> RunAsync(ExportFolder export, CancellationToken cancellationToken)
    {
        var (documents, records) = (new List<(StoredDocument Document, StoredPassages Text)>(), new List<StoredRecord>());
        foreach (var line in export.Evidence())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Document is { } whole)
            {
                documents.Add(whole);
            }

            if (documents.Count == DocumentsAtOnce || line.Document is null)
            {
                await DocumentsAsync(documents, cancellationToken);
            }

            if (line.Collection is { } collection)
            {
                await CollectionAsync(collection, cancellationToken);
            }

            if (line.Record is { } record)
            {
                records.Add(record);
            }

            if (records.Count == RecordsAtOnce)
            {
                await RecordsAsync(records, cancellationToken);
            }
        }

        await DocumentsAsync(documents, cancellationToken);
        await RecordsAsync(records, cancellationToken);
        return new ImportedEvidence(_counts["collection"], _counts["document"], _counts["record"], _refused);
    }

    private async Task CollectionAsync(StoredCollection collection, CancellationToken cancellationToken)
    {
        var key = collection.KeyId ?? "";
        var pending = _pending.GetValueOrDefault(key);
        var reason = dryRun
            ? await LookAsync(arrival => arrival.Collection(collection, pending), cancellationToken)
            : await store!.ImportAsync(collection, cancellationToken);
        _pending[key] = pending + (reason is null ? 1 : 0);
        (_collection, _isRefused) = (collection, reason is { Length: > 0 });
        _counted = dryRun && store is not null && reason is "" ? await store.ReadAsync(rows => rows.FindCollection(collection.Id), cancellationToken) : null;
        _counted ??= EvidenceArrival.Empty(collection);
        Count("collection", [(collection.Id, reason)]);
    }

    private async Task DocumentsAsync(List<(StoredDocument Document, StoredPassages Text)> documents, CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
        {
            return;
        }

        List<string?> reasons;
        if (_isRefused)
        {
            reasons = [.. documents.Select(static _ => EvidenceRefusal.CollectionRefused)];
        }
        else if (dryRun)
        {
            (reasons, _counted) = await LookAsync(arrival => arrival.Documents(_collection!, documents, _counted!), cancellationToken);
        }
        else
        {
            reasons = await store!.ImportAsync(_collection!, documents, cancellationToken);
        }

        Count("document", documents.Select(static whole => whole.Document.Id).Zip(reasons));
        documents.Clear();
    }

    private async Task RecordsAsync(List<StoredRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }

        var lost = await findLost([.. records.Select(static record => record.Record.RunId).OfType<Guid>().Distinct()], cancellationToken);
        List<StoredRecord> rest = [.. records.Where(record => !IsLost(record))];
        var reasons = dryRun
            ? await LookAsync(arrival => rest.Select(arrival.Record).ToList(), cancellationToken)
            : await store!.ImportAsync(rest, cancellationToken);
        var refused = records.Where(IsLost).Select(static record => (record.Record.EvidenceId, (string?)EvidenceRefusal.NoRun));
        Count("record", rest.Select(static record => record.Record.EvidenceId).Zip(reasons).Concat(refused));
        records.Clear();

        bool IsLost(StoredRecord record) => record.Record.RunId is { } run && lost.Contains(run);
    }

    private Task<T> LookAsync<T>(Func<EvidenceArrival, T> look, CancellationToken cancellationToken) => store is null
        ? Task.FromResult(look(new EvidenceArrival(rows: null, dryRun: true)))
        : store.ReadAsync(rows => look(new EvidenceArrival(rows, dryRun: true)), cancellationToken);

    private void Count(string kind, IEnumerable<(Guid Id, string? Reason)> outcomes)
    {
        foreach (var (id, reason) in outcomes)
        {
            var counts = _counts[kind];
            _counts[kind] = counts with
            {
                Read = counts.Read + 1,
                Imported = counts.Imported + (reason is null ? 1 : 0),
                Skipped = counts.Skipped + (reason is "" ? 1 : 0),
                Refused = counts.Refused + (reason is { Length: > 0 } ? 1 : 0),
            };
            if (reason is { Length: > 0 } && _refused.Count < MostNamed)
            {
                _refused.Add(new RefusedEvidence(kind, id, reason));
            }
        }

        told(_counts.Values.Sum(static counts => counts.Read));
    }
}
