using Consensus.Contracts.Audit;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Keys;
using Consensus.Storage.Audit.Verifying;

namespace Consensus.Storage.Tests.Audit;

/// <summary>Chains made by hand, as the writer makes them.</summary>
internal static class Chain
{
    public static readonly AuditKey Key = new(Enumerable.Repeat((byte)7, AuditKey.MinBytes).ToArray());
    public static readonly AuditKey Forger = new(Enumerable.Repeat((byte)8, AuditKey.MinBytes).ToArray());
    public static readonly AuditKeyRing Ring = new(Key);

    /// <summary>A chain of so many entries.</summary>
    public static List<StoredEntry> Of(int count) => Signed(
        Enumerable.Range(1, count).Select(static seq => new StoredEntry(
            seq, 17_000_000_000_000_000 + (seq * 1_230L), seq % 3 == 0 ? "system" : "key:team-ä", "run_completed", "run", $"0197-{seq:D4}",
            $$"""{"digest":"{{seq:x8}}"}""", Key.Id, [], [], [])),
        Key);

    /// <summary>The same contents in a chain that holds, signed with a key.</summary>
    public static List<StoredEntry> Signed(IEnumerable<StoredEntry> contents, AuditKey key)
    {
        List<StoredEntry> entries = [];
        var prev = StoredEntry.NoHash;
        foreach (var content in contents)
        {
            var entry = content with { Seq = entries.Count + 1, PrevHash = prev };
            prev = entry.ComputeHash();
            entries.Add(entry with { Hash = prev, Mac = key.SignEntry(prev) });
        }

        return entries;
    }

    /// <summary>The signed heads after some entries.</summary>
    public static List<AuditHead?> HeadsOf(List<StoredEntry> entries, params IEnumerable<int> places) =>
        [.. places.Select(place => Heads.Sign(End(entries[place - 1]), DateTimeOffset.UnixEpoch, Key))];

    public static ChainEnd End(StoredEntry entry) => new(entry.Seq, entry.At, entry.Hash);

    public static AuditFinding? Verify(IEnumerable<StoredEntry> entries, IEnumerable<AuditHead?>? heads = null)
    {
        Dictionary<long, byte[]> hashes = [];
        var chain = new ChainVerifier(Ring, ChainEnd.Nothing);
        using var lines = new HeadVerifier(heads ?? [], Ring);
        foreach (var entry in entries)
        {
            if ((chain.Next(entry) ?? lines.Next(chain.End)) is { } finding)
                return finding;
            hashes.Add(entry.Seq, entry.Hash);
        }

        return lines.End(chain.End, hashes.GetValueOrDefault);
    }
}
