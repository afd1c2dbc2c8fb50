namespace Consensus.Storage.Evidence.Vectors;

/// <summary>
/// Vectors that were searched, kept in memory. Rows of vectors never change, so what is kept is never wrong; which rows there are is asked of the database
/// at each search. The longest unused go when all together are too large. Safe for use by several threads.
/// </summary>
internal sealed class VectorCache(long mostBytes = VectorCache.MostBytes)
{
    /// <summary>Bytes that all vectors in memory take: those of a million passages of 256 numbers.</summary>
    public const long MostBytes = 256L * 1_024 * 1_024;

    /// <summary>Rows that are read from the database at once.</summary>
    private const int ReadAtOnce = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _entries = [];
    private long _bytes;
    private long _uses;

    /// <summary>Bytes that are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Shows every block of some rows, those first that are in memory.</summary>
    /// <param name="ids">The rows.</param>
    /// <param name="read">Reads rows; one that is not there is left out.</param>
    /// <param name="show">Is shown each block.</param>
    public void Visit(IEnumerable<Guid> ids, Func<IReadOnlyCollection<Guid>, IEnumerable<(Guid Id, VectorBlock Block)>> read, Action<VectorBlock> show)
    {
        long use;
        var (there, missing) = (new List<VectorBlock>(), new List<Guid>());
        lock (_gate)
        {
            use = ++_uses;
            foreach (var id in ids)
            {
                if (_entries.TryGetValue(id, out var entry))
                {
                    entry.LastUse = use;
                    there.Add(entry.Block);
                }
                else
                {
                    missing.Add(id);
                }
            }
        }

        there.ForEach(show);
        foreach (var some in missing.Chunk(ReadAtOnce))
        {
            foreach (var (id, block) in read(some))
            {
                show(block);
                Keep(id, block, use);
            }
        }
    }

    /// <summary>A document was deleted: nothing of it stays.</summary>
    public void Forget(Guid document)
    {
        var name = document.ToString("N");
        lock (_gate)
        {
            foreach (var (id, entry) in _entries.Where(pair => pair.Value.Block.Document == name).ToList())
            {
                Remove(id, entry);
            }
        }
    }

    /// <summary>Nothing stays.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _bytes = 0;
        }
    }

    /// <summary>Keeps a block, in the place of those that this search has no use for; where there are none, it is not kept.</summary>
    private void Keep(Guid id, VectorBlock block, long use)
    {
        lock (_gate)
        {
            if (_bytes + block.Bytes > mostBytes)
            {
                MakeRoom(use);
            }

            if (_bytes + block.Bytes <= mostBytes && _entries.TryAdd(id, new Entry(block) { LastUse = use }))
            {
                _bytes += block.Bytes;
            }
        }
    }

    /// <summary>An eighth at once, so that this is done seldom.</summary>
    private void MakeRoom(long use)
    {
        foreach (var (id, entry) in _entries.Where(pair => pair.Value.LastUse < use).OrderBy(static pair => pair.Value.LastUse).ToList())
        {
            Remove(id, entry);
            if (_bytes <= mostBytes - (mostBytes / 8))
            {
                return;
            }
        }
    }

    private void Remove(Guid id, Entry entry)
    {
        _entries.Remove(id);
        _bytes -= entry.Block.Bytes;
    }

    private sealed class Entry(VectorBlock block)
    {
        public VectorBlock Block => block;

        public long LastUse { get; set; }
    }
}
