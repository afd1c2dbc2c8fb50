using System.Text;
using Consensus.Contracts.Audit;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;

namespace Consensus.Storage.Tests.Audit;

public sealed class ChainTamperTests(ITestOutputHelper output)
{
    private const int Count = 1_000;
    private static readonly List<StoredEntry> Entries = Chain.Of(Count);

    [Fact]
    public void AnUntouchedChainIsSound() => Assert.Null(Chain.Verify(Entries, Chain.HeadsOf(Entries, 1, 500, 500, Count)));

    /// <summary>Every byte of every column of every entry, each in two other values; of the first 40 entries under CONSENSUS_LONG in all 255.</summary>
    [Fact]
    public void EveryChangedByteIsFoundAtItsEntry()
    {
        long changes = 0;
        var isLong = Environment.GetEnvironmentVariable("CONSENSUS_LONG") is not null;
        for (var i = 0; i < Count; i++)
        {
            var before = i == 0 ? ChainEnd.Nothing : Chain.End(Entries[i - 1]);
            foreach (var tampered in Tampered(Entries[i], isLong && i < 40 ? 255 : 2))
            {
                changes++;
                var finding = new ChainVerifier(Chain.Ring, before).Next(tampered);
                Assert.True(finding is not null, $"entry {i + 1} as {tampered} was taken");
            }
        }

        output.WriteLine($"{changes} changes of a byte over {Count} entries, each found");
        Assert.True(changes > 300 * Count);
    }

    [Fact]
    public void TheRemovalOfAnyEntryIsFoundWhereItWas()
    {
        for (var gone = 1; gone < Count; gone++)
        {
            // Up to the one after it, which tells: what comes then does not matter.
            var finding = Next(gone - 1, Entries[gone]);
            Assert.Equal((AuditFault.Missing, gone), (finding!.Fault, finding.Seq));

            // Closing the gap by numbering anew does not hold either.
            Assert.NotNull(Next(gone - 1, Entries[gone] with { Seq = gone }));
        }

        Assert.Equal(AuditFault.CutTail, Chain.Verify(Entries[..^1], Chain.HeadsOf(Entries, Count))!.Fault);
    }

    [Fact]
    public void AnInsertedEntryIsFoundWhereverItStandsAndWhoeverSignedIt()
    {
        for (var place = 1; place <= Count; place++)
        {
            var forged = Chain.Signed([Entries[place - 1] with { Detail = """{"digest":"00"}""" }], Chain.Forger)[0];
            Assert.NotNull(Next(place - 1, forged with { Seq = place }));
            if (place > 1)
                Assert.Equal(AuditFault.Reordered, Next(place - 1, Entries[place - 2])!.Fault);
        }
    }

    [Fact]
    public void TwoNeighboursInEachOthersPlaceAreFound()
    {
        for (var i = 0; i < Count - 1; i++)
        {
            var (one, other) = (Entries[i], Entries[i + 1]);
            Assert.Equal(AuditFault.Missing, Next(i, other)!.Fault);
            Assert.Equal((AuditFault.Reordered, i + 1L), (Next(i, other with { Seq = one.Seq })!.Fault, Next(i, other with { Seq = one.Seq })!.Seq));
        }
    }

    [Fact]
    public void ACutTailOfAnyLengthIsFoundByAHead()
    {
        var heads = Chain.HeadsOf(Entries, 250, Count);
        for (var length = 0; length < Count; length++)
        {
            using var lines = new HeadVerifier(heads, Chain.Ring);
            if (length >= 250)
                Assert.Null(lines.Next(Chain.End(Entries[249])));
            var finding = lines.End(length == 0 ? ChainEnd.Nothing : Chain.End(Entries[length - 1]), place => Entries[(int)place - 1].Hash);
            Assert.Equal((AuditFault.CutTail, length + 1L), (finding!.Fault, finding.Seq));
        }
    }

    [Fact]
    public void AChainThatWasHashedAnewWithoutTheKeyIsFoundByItsSignatures()
    {
        var edited = Entries.Select(static entry => entry.Seq == 300 ? entry with { Detail = "{}" } : entry).ToList();

        var kept = Chain.Signed(edited, Chain.Forger);
        Assert.Equal((AuditFault.Mac, 1L), Of(Chain.Verify(kept)));

        // From the edited entry on, the signatures of old or made with another key.
        List<StoredEntry> partly = [.. Entries[..299], .. kept[299..]];
        Assert.Equal((AuditFault.Mac, 300L), Of(Chain.Verify(partly)));
        Assert.Equal((AuditFault.UnknownKey, 1L), Of(Chain.Verify(Chain.Signed(edited.Select(static entry => entry with { KeyId = Chain.Forger.Id }), Chain.Forger))));
    }

    [Fact]
    public void HeadsThatSeveralProcessesKeptInOneFileMayComeLate()
    {
        Assert.Null(Chain.Verify(Entries, Chain.HeadsOf(Entries, 5, 900, 400, 900, 1, Count, 999)));

        var rebuilt = Chain.Signed(Entries.Select(static entry => entry.Seq == 300 ? entry with { Detail = "{}" } : entry), Chain.Key);
        Assert.Equal((AuditFault.HeadNotInChain, 400L), Of(Chain.Verify(rebuilt, [.. Chain.HeadsOf(rebuilt, 900), .. Chain.HeadsOf(Entries, 299, 400)])));
        Assert.Equal((AuditFault.CutTail, 500L), Of(Chain.Verify(Entries[..499], Chain.HeadsOf(Entries, 300, 900, 200))));
    }

    [Fact]
    public void AChainThatWasBuiltAnewWithTheKeyIsFoundByAHead()
    {
        var rebuilt = Chain.Signed(Entries.Select(static entry => entry.Seq == 300 ? entry with { Detail = "{}" } : entry), Chain.Key);

        Assert.Null(Chain.Verify(rebuilt));
        Assert.Equal((AuditFault.HeadNotInChain, 400L), Of(Chain.Verify(rebuilt, Chain.HeadsOf(Entries, 200, 400))));
    }

    [Fact]
    public void EveryChangedByteOfAHeadsLineIsFound()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-heads-");
        try
        {
            var file = Path.Combine(folder.FullName, "heads.jsonl");
            foreach (var head in Chain.HeadsOf(Entries, 10, 20, Count))
                new HeadFile(file).Append(head!);
            Assert.Null(Chain.Verify(Entries, HeadFile.Read(file)));
            var bytes = File.ReadAllBytes(file);
            var changes = 0;
            for (var i = 0; i < bytes.Length - 1; i++)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= 1;
                File.WriteAllBytes(file, changed);
                Assert.True(Chain.Verify(Entries, HeadFile.Read(file)) is not null, $"byte {i} was taken");
                changes++;
            }

            output.WriteLine($"{changes} changes of a byte of a head, each found");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (AuditFault, long) Of(AuditFinding? finding) => (finding!.Fault, finding.Seq);

    /// <summary>What is said of an entry after a good chain of so many.</summary>
    private static AuditFinding? Next(int after, StoredEntry entry) =>
        new ChainVerifier(Chain.Ring, after == 0 ? ChainEnd.Nothing : Chain.End(Entries[after - 1])).Next(entry);

    private static IEnumerable<StoredEntry> Tampered(StoredEntry entry, int values)
    {
        foreach (var bytes in Changed(BitConverter.GetBytes(entry.Seq), values))
            yield return entry with { Seq = BitConverter.ToInt64(bytes) };
        foreach (var bytes in Changed(BitConverter.GetBytes(entry.At), values))
            yield return entry with { At = BitConverter.ToInt64(bytes) };
        foreach (var text in Changed(entry.Actor, values))
            yield return entry with { Actor = text };
        foreach (var text in Changed(entry.Action, values))
            yield return entry with { Action = text };
        foreach (var text in Changed(entry.SubjectKind, values))
            yield return entry with { SubjectKind = text };
        foreach (var text in Changed(entry.SubjectId, values))
            yield return entry with { SubjectId = text };
        foreach (var text in Changed(entry.Detail, values))
            yield return entry with { Detail = text };
        foreach (var text in Changed(entry.KeyId, values))
            yield return entry with { KeyId = text };
        foreach (var bytes in Changed(entry.PrevHash, values))
            yield return entry with { PrevHash = bytes };
        foreach (var bytes in Changed(entry.Hash, values))
            yield return entry with { Hash = bytes };
        foreach (var bytes in Changed(entry.Mac, values))
            yield return entry with { Mac = bytes };
    }

    private static IEnumerable<string> Changed(string text, int values) => Changed(Encoding.UTF8.GetBytes(text), values).Select(Encoding.UTF8.GetString);

    private static IEnumerable<byte[]> Changed(byte[] bytes, int values)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var value = 1; value <= values; value++)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= (byte)(values == 255 ? value : value == 1 ? 1 : 0x80);
                yield return changed;
            }
        }
    }
}
