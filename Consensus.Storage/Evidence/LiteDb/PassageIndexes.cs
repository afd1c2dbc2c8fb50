using Consensus.Storage.Evidence.Searching;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>
/// The indexes of the collections that are searched, each made from the store when it is first needed. The longest unused go when there are too many
/// passages.
/// </summary>
internal sealed class PassageIndexes(int mostPassages = PassageIndexes.MostPassages) : IDisposable
{
    /// <summary>Passages that all indexes together hold: some hundred bytes each.</summary>
    public const int MostPassages = 1_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _indexes = [];
    private long _uses;

    /// <summary>The places that a search finds in a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="build">Fills an empty index with what is stored.</param>
    /// <param name="query">Words.</param>
    /// <param name="most">How many places at most.</param>
    public IReadOnlyList<PassagePlace> Search(Guid collection, Action<PassageIndex> build, string query, int most)
    {
        while (true)
        {
            var entry = Get(collection, build);
            PassageIndex index;
            try
            {
                index = entry.Value;
            }
            catch
            {
                Forget(collection);
                throw;
            }

            Shrink(collection);
            if (index.Search(query, most) is { } found)
            {
                return found;
            }
        }
    }

    /// <summary>A document was stored: an index that is there takes it up.</summary>
    public void Added(Guid collection, Action<PassageIndex> add) => Change(collection, add);

    /// <summary>A document was deleted.</summary>
    public void Removed(Guid collection, string document) => Change(collection, index => index.Remove(document));

    /// <summary>A collection was deleted, or its index is not to be trusted.</summary>
    public void Forget(Guid collection)
    {
        Entry? entry;
        lock (_gate)
        {
            _indexes.Remove(collection, out entry);
        }

        entry?.Dispose();
    }

    public void Dispose()
    {
        Guid[] all;
        lock (_gate)
        {
            all = [.. _indexes.Keys];
        }

        foreach (var collection in all)
        {
            Forget(collection);
        }
    }

    private Entry Get(Guid collection, Action<PassageIndex> build)
    {
        lock (_gate)
        {
            if (!_indexes.TryGetValue(collection, out var entry))
            {
                // Made outside of this lock; whoever comes meanwhile waits for it.
                _indexes[collection] = entry = new Entry(build);
            }

            entry.LastUse = ++_uses;
            return entry;
        }
    }

    /// <summary>What is committed before an index is begun is read by it; what is committed later comes here and waits until it is made.</summary>
    private void Change(Guid collection, Action<PassageIndex> change)
    {
        Entry? entry;
        lock (_gate)
        {
            _indexes.TryGetValue(collection, out entry);
        }

        try
        {
            if (entry is not null)
            {
                change(entry.Value);
            }
        }
        catch
        {
            // The store has the document; an index that lacks it must not stay.
            Forget(collection);
        }
    }

    private void Shrink(Guid kept)
    {
        while (true)
        {
            Guid oldest;
            lock (_gate)
            {
                if (_indexes.Values.Sum(static entry => (long)entry.Passages) <= mostPassages || _indexes.Count < 2)
                {
                    return;
                }

                oldest = _indexes.Where(pair => pair.Key != kept).MinBy(static pair => pair.Value.LastUse).Key;
            }

            Forget(oldest);
        }
    }

    private sealed class Entry(Action<PassageIndex> build) : IDisposable
    {
        private readonly Lazy<PassageIndex> _index = new(() =>
        {
            var index = new PassageIndex();
            build(index);
            return index;
        });

        public long LastUse { get; set; }

        public PassageIndex Value => _index.Value;

        public int Passages => _index.IsValueCreated ? _index.Value.Passages : 0;

        public void Dispose()
        {
            if (_index.IsValueCreated)
            {
                _index.Value.Dispose();
            }
        }
    }
}
