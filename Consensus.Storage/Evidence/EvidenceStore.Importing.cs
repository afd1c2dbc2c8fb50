using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Evidence.Importing;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence;

/// <summary>How an export's evidence comes in. Between two steps a collection counts what it has by then.</summary>
public sealed partial class EvidenceStore
{
    /// <inheritdoc cref="EvidenceArrival.Collection"/>
    internal Task<string?> ImportAsync(StoredCollection collection, CancellationToken cancellationToken) =>
        WriteAsync(rows => new EvidenceArrival(rows, dryRun: false).Collection(collection, pending: 0), cancellationToken);

    /// <inheritdoc cref="EvidenceArrival.Documents"/>
    internal async Task<List<string?>> ImportAsync(
        StoredCollection collection, IReadOnlyList<(StoredDocument Document, StoredPassages Text)> documents, CancellationToken cancellationToken)
    {
        var (reasons, _) = await WriteAsync(rows => new EvidenceArrival(rows, dryRun: false).Documents(collection, documents, collection), cancellationToken);
        foreach (var (whole, _) in documents.Zip(reasons).Where(static one => one.Second is null))
        {
            _database.Added(whole.Document, whole.Text);
        }

        return reasons;
    }

    /// <inheritdoc cref="EvidenceArrival.Record"/>
    internal Task<List<string?>> ImportAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken) => WriteAsync(
        rows =>
        {
            var arrival = new EvidenceArrival(rows, dryRun: false);
            return records.Select(arrival.Record).ToList();
        },
        cancellationToken);
}
