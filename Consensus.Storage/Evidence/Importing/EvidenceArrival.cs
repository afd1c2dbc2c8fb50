using Consensus.Contracts;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence.Importing;

/// <summary>
/// How an export's evidence comes into a store, inside one of its transactions. What is there otherwise stays. Each answer is null for what comes, an empty
/// text for what is there as it is, and else why it does not come.
/// </summary>
/// <param name="rows">The store; null: there is none yet, and nothing is stored.</param>
/// <param name="dryRun">Whether nothing is stored.</param>
internal sealed class EvidenceArrival(EvidenceRows? rows, bool dryRun)
{
    /// <param name="collection">A collection. Its documents come behind it, and until then it counts none.</param>
    /// <param name="pending">Collections of its key that would have come by now, had this been no dry run.</param>
    public string? Collection(StoredCollection collection, int pending)
    {
        if (Claim(collection.Id) is { } there)
        {
            return AreAlike(there, collection) ? "" : EvidenceRefusal.Differs;
        }

        if ((rows?.CountCollections(collection.KeyId) ?? 0) + pending >= Limits.CollectionsPerKey)
        {
            return EvidenceRefusal.Full;
        }

        if (!dryRun)
        {
            rows!.AddCollection(Empty(collection));
        }

        return null;
    }

    /// <param name="collection">The collection as the export has it; it is there.</param>
    /// <param name="documents">Some of its documents.</param>
    /// <param name="pending">What it would have had by now of those before, had this been no dry run.</param>
    /// <returns>The answers, and what the collection has then.</returns>
    public (List<string?> Reasons, StoredCollection Counted) Documents(
        StoredCollection collection, IReadOnlyList<(StoredDocument Document, StoredPassages Text)> documents, StoredCollection pending)
    {
        var counted = dryRun
            ? pending
            : Claim(collection.Id) ?? throw new EvidenceUnavailableException($"The collection {collection.Id:D} was deleted while it was imported.");
        var reasons = new List<string?>();
        foreach (var whole in documents)
        {
            var grown = counted with
            {
                UpdatedAt = counted.UpdatedAt > collection.UpdatedAt ? counted.UpdatedAt : collection.UpdatedAt,
                Documents = counted.Documents + 1,
                Passages = counted.Passages + whole.Document.Passages,
                Characters = counted.Characters + whole.Document.Characters,
            };
            var reason = ReasonFor(whole)
                ?? (grown.Documents > Limits.CollectionDocuments || grown.Characters > Limits.CollectionCharacters ? EvidenceRefusal.Full : null);
            reasons.Add(reason);
            if (reason is null)
            {
                Add(whole);
                counted = grown;
            }
        }

        if (!dryRun && reasons.Contains(null))
        {
            rows!.ChangeCollection(counted);
        }

        return (reasons, counted);
    }

    public string? Record(StoredRecord record)
    {
        if (rows?.FindRecord(record.Record.EvidenceId) is { } there)
        {
            return EvidenceWalk.HashOf(EvidenceWalk.Read(there)) == EvidenceWalk.HashOf(record) ? "" : EvidenceRefusal.Differs;
        }

        if (!dryRun)
        {
            rows!.SaveRecord(record.Record, record.KeyId);
            var stored = rows.FindRecord(record.Record.EvidenceId);
            RequireEqual(stored is not null && EvidenceWalk.HashOf(EvidenceWalk.Read(stored)) == EvidenceWalk.HashOf(record), record.Record.EvidenceId);
        }

        return null;
    }

    /// <summary>A collection that has no documents yet.</summary>
    public static StoredCollection Empty(StoredCollection collection) => collection with { Documents = 0, Passages = 0, Characters = 0 };

    private StoredCollection? Claim(Guid id) => dryRun ? rows?.FindCollection(id) : rows!.ClaimCollection(id);

    /// <summary>What its documents come to, and when they came, is told of them one by one.</summary>
    private static bool AreAlike(StoredCollection one, StoredCollection other) =>
        Empty(one) with { UpdatedAt = default } == Empty(other) with { UpdatedAt = default };

    private string? ReasonFor((StoredDocument Document, StoredPassages Text) whole)
    {
        if (rows?.FindDocument(whole.Document.Id) is { } same)
        {
            return same.Collection == whole.Document.Collection && IsThere(whole, same) ? "" : EvidenceRefusal.Differs;
        }

        return rows?.FindDocument(whole.Document.Collection, whole.Document.ContentHash) is null ? null : EvidenceRefusal.SameText;
    }

    private void Add((StoredDocument Document, StoredPassages Text) whole)
    {
        if (!dryRun)
        {
            rows!.AddDocument(whole.Document, whole.Text);
            RequireEqual(rows.FindDocument(whole.Document.Id) is { } document && IsThere(whole, document), whole.Document.Id);
        }
    }

    private bool IsThere((StoredDocument Document, StoredPassages Text) whole, StoredDocument there) =>
        rows!.FindText(there.Id) is { } text && EvidenceWalk.HashOf((there, text)) == EvidenceWalk.HashOf(whole);

    private static void RequireEqual(bool isEqual, Guid id)
    {
        if (!isEqual)
        {
            throw new InvalidDataException($"What was imported as {id:D} did not come to the same in this store.");
        }
    }
}

/// <summary>Why evidence is not imported (<see cref="Contracts.LongTerm.RefusedEvidence.Reason"/>).</summary>
internal static class EvidenceRefusal
{
    public const string Differs = "differs";
    public const string SameText = "same_text";
    public const string Full = "full";
    public const string CollectionRefused = "collection_refused";
    public const string NoRun = "no_run";
}
