namespace Consensus.Storage.Moving;

/// <summary>What has to be done to one table so that it has the rows of another.</summary>
/// <param name="Delete">Rows that are not in the source, or are another there.</param>
/// <param name="Insert">Rows that are missing, or were another.</param>
internal readonly record struct RowDifference(List<object[]> Delete, List<object[]> Insert)
{
    public int Count => Math.Max(Delete.Count, Insert.Count);

    /// <summary>Compares the same range of both sides.</summary>
    /// <param name="table">The table.</param>
    /// <param name="source">The rows as they are to be.</param>
    /// <param name="target">The rows as they are.</param>
    public static RowDifference Of(MovedTable table, List<object[]> source, List<object[]> target)
    {
        if (source.Count == target.Count && source.Zip(target).All(static pair => AreSame(pair.First, pair.Second)))
        {
            return new RowDifference([], []);
        }

        var there = target.ToDictionary(table.KeyTextOf, StringComparer.Ordinal);
        List<object[]> insert = [];
        foreach (var row in source)
        {
            var key = table.KeyTextOf(row);
            if (there.TryGetValue(key, out var found) && AreSame(row, found))
            {
                there.Remove(key);
            }
            else
            {
                insert.Add(row);
            }
        }

        return new RowDifference([.. there.Values], insert);
    }

    private static bool AreSame(object[] left, object[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var same = (left[i], right[i]) switch
            {
                (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
                (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
                var (a, b) => a.Equals(b),
            };
            if (!same)
            {
                return false;
            }
        }

        return true;
    }
}
