using System.Security.Cryptography;
using Consensus.Contracts.Audit;
using Consensus.Storage.Audit.Keys;

namespace Consensus.Storage.Audit.Verifying;

/// <summary>Checks a chain entry by entry, from the first; it holds no more of it than the last entry.</summary>
/// <param name="keys">The keys that may have signed.</param>
/// <param name="end">The entry that the chain was checked up to; <see cref="ChainEnd.Nothing"/> to begin.</param>
internal sealed class ChainVerifier(AuditKeyRing keys, ChainEnd end)
{
    /// <summary>The last entry that is good.</summary>
    public ChainEnd End { get; private set; } = end;

    /// <summary>Checks the next entry; null when it is good, and from then on it is the last.</summary>
    public AuditFinding? Next(StoredEntry entry)
    {
        var place = End.Seq + 1;
        if (entry.Seq < place)
            return new AuditFinding(AuditFault.Reordered, entry.Seq, $"Entry {entry.Seq} stands where entry {place} belongs.");
        if (entry.Seq > place)
            return new AuditFinding(AuditFault.Missing, place, Words(place, entry.Seq - 1));
        if (Hash(entry) is not { } hash || !hash.AsSpan().SequenceEqual(entry.Hash))
            return Edited(entry);
        if (!entry.PrevHash.AsSpan().SequenceEqual(End.Hash))
            return new AuditFinding(AuditFault.Chain, place, $"Entry {place} does not hold the hash of the entry before it.");
        if (keys.Find(entry.KeyId) is not { } key)
            return new AuditFinding(AuditFault.UnknownKey, place, $"Entry {place} names the audit key {entry.KeyId}, which is not known.");
        if (!CryptographicOperations.FixedTimeEquals(key.SignEntry(hash), entry.Mac))
            return new AuditFinding(AuditFault.Mac, place, $"The signature of entry {place} is not that of the audit key {key.Id}.");
        if (entry.At < End.At)
            return new AuditFinding(AuditFault.Content, place, $"Entry {place} is earlier than the entry before it.");
        End = new ChainEnd(entry.Seq, entry.At, hash);
        return null;
    }

    private static string Words(long first, long last) => first == last ? $"Entry {first} is missing." : $"Entries {first} to {last} are missing.";

    /// <summary>An entry whose hash is right for a place next to its own was moved there.</summary>
    private static AuditFinding Edited(StoredEntry entry)
    {
        foreach (var place in (long[])[entry.Seq + 1, entry.Seq - 1])
        {
            if (Hash(entry with { Seq = place }) is { } hash && hash.AsSpan().SequenceEqual(entry.Hash))
                return new AuditFinding(AuditFault.Reordered, entry.Seq, $"Entry {place} stands in the place of entry {entry.Seq}.");
        }

        return new AuditFinding(AuditFault.Content, entry.Seq, $"Entry {entry.Seq} is not what was written: it does not hash to its hash.");
    }

    /// <summary>Null for what cannot have been written: a time between two microseconds, or out of every calendar.</summary>
    private static byte[]? Hash(StoredEntry entry)
    {
        try
        {
            return entry.At % TimeSpan.TicksPerMicrosecond == 0 ? entry.ComputeHash() : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
