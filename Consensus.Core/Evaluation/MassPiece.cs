namespace Consensus.Core.Evaluation;

/// <summary>The part of a group of equal confidences that falls into one of the bins of equal mass.</summary>
/// <param name="Start">The position of the group's first case in ascending order.</param>
/// <param name="Size">The number of cases in the group.</param>
/// <param name="Bin">The bin, from 0.</param>
/// <param name="Count">How many of the group's cases the bin takes.</param>
internal readonly record struct MassPiece(int Start, int Size, int Bin, int Count)
{
    /// <summary>Cuts ascending confidences into bins of equal mass: bin k of B takes the positions from ⌊kn/B⌋ to before ⌊(k + 1)n/B⌋.</summary>
    public static MassPiece[] Split(ReadOnlySpan<double> ascending, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        long n = ascending.Length;
        var pieces = new List<MassPiece>();
        for (var start = 0; start < n;)
        {
            var end = start + 1;
            while (end < n && ascending[end] == ascending[start])
            {
                end++;
            }

            for (var at = start; at < end;)
            {
                var bin = (((at + 1L) * bins) - 1) / n;
                var next = (int)Math.Min(end, (bin + 1) * n / bins);
                pieces.Add(new MassPiece(start, end - start, (int)bin, next - at));
                at = next;
            }

            start = end;
        }

        return [.. pieces];
    }
}
