using System.Globalization;
using System.Text;

namespace Consensus.Storage.Audit;

/// <summary>Places in the chain as ranges, written as <c>3-7,9</c>.</summary>
internal sealed class SeqRanges
{
    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>Writes places.</summary>
    public static string Write(IEnumerable<long> places)
    {
        var text = new StringBuilder();
        long first = 0, last = 0;
        foreach (var place in places.Order())
        {
            if (first > 0 && place == last + 1)
            {
                last = place;
                continue;
            }

            Flush();
            first = last = place;
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            if (first == 0)
                return;
            if (text.Length > 0)
                text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
        }
    }

    /// <summary>Adds what was written.</summary>
    /// <exception cref="FormatException">It was not written so.</exception>
    public void Add(string text)
    {
        foreach (var range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            Add(long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[^1], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whether a place is in one of them.</summary>
    public bool Contains(long place)
    {
        var i = IndexAfter(place);
        return i > 0 && _ranges[i - 1].Last >= place;
    }

    private void Add(long first, long last)
    {
        var i = IndexAfter(first);
        if (i > 0 && _ranges[i - 1].Last >= first - 1)
        {
            i--;
            (first, last) = (_ranges[i].First, Math.Max(last, _ranges[i].Last));
            _ranges.RemoveAt(i);
        }

        while (i < _ranges.Count && _ranges[i].First <= last + 1)
        {
            last = Math.Max(last, _ranges[i].Last);
            _ranges.RemoveAt(i);
        }

        _ranges.Insert(i, (first, last));
    }

    /// <summary>The index of the first range that begins after a place.</summary>
    private int IndexAfter(long place)
    {
        int low = 0, high = _ranges.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].First <= place)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
