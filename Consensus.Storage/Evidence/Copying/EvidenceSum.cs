using System.Security.Cryptography;
using System.Text;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Evidence.Copying;

/// <summary>Adds up what a store holds, in the order in which it is walked: collections, newest first, each before its documents, then records.</summary>
internal sealed class EvidenceSum : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private (long Collections, long Documents, long Passages, long Records) _counts;

    public void Add(StoredCollection collection)
    {
        _counts.Collections++;
        Add(collection.Id, EvidenceWalk.HashOf(collection));
    }

    public void Add((StoredDocument Document, StoredPassages Text) whole)
    {
        _counts.Documents++;
        _counts.Passages += whole.Text.Passages.Count;
        Add(whole.Document.Id, EvidenceWalk.HashOf(whole));
    }

    public void Add(StoredRecord record)
    {
        _counts.Records++;
        Add(record.Record.EvidenceId, EvidenceWalk.HashOf(record));
    }

    /// <summary>What was added; it begins anew.</summary>
    public EvidenceDigest Finish() =>
        new(_counts.Collections, _counts.Documents, _counts.Passages, _counts.Records, Convert.ToHexStringLower(_hash.GetHashAndReset()));

    public void Dispose() => _hash.Dispose();

    private void Add(Guid id, string itemHash) => _hash.AppendData(Encoding.ASCII.GetBytes($"{id:N} {itemHash}\n"));
}
