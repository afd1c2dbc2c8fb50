namespace Consensus.Core.Evidence.Citations;

/// <summary>Finds what stands between runs of as many back-ticks: code, where a bracket is an index.</summary>
internal static class CodeSpans
{
    public static List<Range> Of(string text)
    {
        List<(int Start, int Length)> runs = [];
        for (var i = text.IndexOf('`'); i >= 0 && i < text.Length;)
        {
            var length = text.AsSpan(i).IndexOfAnyExcept('`');
            length = length < 0 ? text.Length - i : length;
            runs.Add((i, length));
            i = text.IndexOf('`', i + length);
        }

        // From the last run on, the next run of each length.
        Dictionary<int, int> nextOf = [];
        var closing = new int[runs.Count];
        for (var i = runs.Count - 1; i >= 0; i--)
        {
            closing[i] = nextOf.GetValueOrDefault(runs[i].Length, -1);
            nextOf[runs[i].Length] = i;
        }

        List<Range> spans = [];
        for (var i = 0; i < runs.Count; i++)
        {
            if (closing[i] >= 0)
            {
                spans.Add(runs[i].Start..(runs[closing[i]].Start + runs[closing[i]].Length));
                i = closing[i];
            }
        }

        return spans;
    }
}
