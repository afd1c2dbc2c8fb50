using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Tests.Evidence.Vectors;

public sealed class VectorCacheTests
{
    private readonly List<Guid> _read = [];

    [Fact]
    public void WhatWasReadOnceIsNotReadAgain()
    {
        var cache = new VectorCache();
        Guid[] rows = [Guid.NewGuid(), Guid.NewGuid()];
        Assert.Equal(2, Visit(cache, rows));
        Assert.Equal(2, Visit(cache, rows));
        Assert.Equal(rows, _read);
        Assert.True(cache.Bytes > 0);
    }

    [Fact]
    public void TheLongestUnusedMakeWayAndEverySearchSeesAll()
    {
        var rows = Enumerable.Range(0, 40).Select(static _ => Guid.NewGuid()).ToArray();
        var most = Block(rows[0]).Bytes * 20;
        var cache = new VectorCache(most);
        Assert.Equal(40, Visit(cache, rows));
        Assert.InRange(cache.Bytes, 1, most);
        Assert.Equal(5, Visit(cache, rows[35..]));
        _read.Clear();
        Assert.Equal(5, Visit(cache, rows[35..]));
        Assert.Empty(_read);
        Assert.InRange(cache.Bytes, 1, most);
        Assert.Equal(40, Visit(cache, rows));
    }

    [Fact]
    public void ADocumentThatIsForgottenLeavesNothing()
    {
        var cache = new VectorCache();
        Guid[] rows = [Guid.NewGuid(), Guid.NewGuid()];
        Visit(cache, rows);
        cache.Forget(rows[0]);
        Assert.Equal(Block(rows[1]).Bytes, cache.Bytes);
        cache.Clear();
        Assert.Equal(0, cache.Bytes);
    }

    private static VectorBlock Block(Guid id) => new(id.ToString("N"), [0, 700], 256, new byte[512]);

    /// <summary>Each row is of a document of its own id.</summary>
    private int Visit(VectorCache cache, IEnumerable<Guid> rows)
    {
        var seen = 0;
        cache.Visit(rows, Read, _ => seen++);
        return seen;

        IEnumerable<(Guid Id, VectorBlock Block)> Read(IReadOnlyCollection<Guid> ids)
        {
            _read.AddRange(ids);
            return ids.Select(static id => (id, Block(id)));
        }
    }
}
