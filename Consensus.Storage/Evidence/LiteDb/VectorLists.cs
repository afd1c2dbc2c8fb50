using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Evidence.LiteDb;

/// <summary>
/// Which vectors collections have, remembered from one search to the next: nobody else writes to the file. What is read while somebody writes is not
/// remembered.
/// Safe for use by several threads.
/// </summary>
internal sealed class VectorLists
{
    /// <summary>Lists that are remembered; beyond them all are forgotten.</summary>
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Collection, string Space), IReadOnlyList<VectorPlace>> _lists = [];
    private long _changes;

    public IReadOnlyList<VectorPlace> List(Guid collection, string space, Func<IReadOnlyList<VectorPlace>> read)
    {
        long before;
        lock (_gate)
        {
            if (_lists.TryGetValue((collection, space), out var there))
            {
                return there;
            }

            before = _changes;
        }

        var list = read();
        lock (_gate)
        {
            if (_changes == before)
            {
                if (_lists.Count >= Most)
                {
                    _lists.Clear();
                }

                _lists[(collection, space)] = list;
            }
        }

        return list;
    }

    /// <summary>A write has ended that changed vectors of a collection: what was read before is not to be trusted.</summary>
    public void Forget(Guid collection)
    {
        lock (_gate)
        {
            _changes++;
            foreach (var list in _lists.Keys.Where(key => key.Collection == collection).ToList())
            {
                _lists.Remove(list);
            }
        }
    }
}
