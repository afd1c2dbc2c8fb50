using Consensus.Core.Answers;

namespace Consensus.Core.Clustering;

/// <summary>Groups numbers so that every two of a group are within a tolerance.</summary>
/// <remarks>
/// Greedy by weight of votes: the window of the tolerance's width that holds the most answers is a group (ties: the narrower, then the lower window), and so on
/// with the rest. The windows depend on the values alone, so the order of the answers does not matter.
/// </remarks>
internal static class NumberGroups
{
    public static int[] Group(IReadOnlyList<Answer> answers, double tolerance)
    {
        var values = answers.Select(static answer => (answer.Number, answer.Key)).Distinct()
            .OrderBy(static v => v.Number).ThenBy(static v => v.Key, StringComparer.Ordinal).ToList();
        var counts = answers.CountBy(static answer => (answer.Number, answer.Key)).ToDictionary();
        Dictionary<(double, string), int> labels = [];
        for (var label = 0; values.Count > 0; label++)
        {
            var (start, length) = Fullest(values, counts, tolerance);
            foreach (var value in values.GetRange(start, length))
                labels.Add(value, label);
            values.RemoveRange(start, length);
        }
        return [.. answers.Select(answer => labels[(answer.Number, answer.Key)])];
    }

    private static (int Start, int Length) Fullest(List<(double Number, string Key)> values, Dictionary<(double, string), int> counts, double tolerance)
    {
        var best = (Start: 0, Length: 0, Count: 0, Width: 0.0);
        var end = 0;
        var count = 0;
        for (var start = 0; start < values.Count; start++)
        {
            while (end < values.Count && IsWithin(values[start].Number, values[end].Number, tolerance))
                count += counts[values[end++]];
            var width = values[end - 1].Number - values[start].Number;
            if (count > best.Count || (count == best.Count && width < best.Width))
                best = (start, end - start, count, width);
            count -= counts[values[start]];
        }
        return (best.Start, best.Length);
    }

    /// <summary>Whether two numbers differ by the tolerance at most, give or take the rounding of the subtraction (0.8 − 0.7 is 0.1).</summary>
    public static bool IsWithin(double low, double high, double tolerance) =>
        high - low <= tolerance + (4 * Math.Max(Math.BitIncrement(Math.Abs(high)) - Math.Abs(high), Math.BitIncrement(Math.Abs(low)) - Math.Abs(low)));
}
