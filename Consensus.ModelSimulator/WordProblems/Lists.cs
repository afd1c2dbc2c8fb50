using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>A list of numbers: its average, or the number that comes next.</summary>
internal static partial class Lists
{
    public static Solution? Solve(Story story)
    {
        // One list of nothing but numbers: "the mean of 3 numbers 1, 2 and 3" has a number more.
        if (Listed().Match(story.Text) is not { Success: true } list || list.Groups["number"].Captures.Count != story.Count)
        {
            return null;
        }

        var values = story.Quantities.Select(q => q.Value).ToList();
        var listed = string.Join(", ", values);
        if (values.Count >= 2 && story.Has(Average()) && !story.Has(Rate()))
        {
            var sum = values.Aggregate((a, b) => a + b);
            return new(sum / values.Count, $"({string.Join(" + ", values)}) / {values.Count}");
        }

        if (values.Count >= 2 && story.Has(Median()))
        {
            var sorted = values.Order().ToList();
            return new((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, $"The middle of {string.Join(", ", sorted)}");
        }

        return values.Count >= 3 && story.Has(Next()) && NextOf(values) is { } next ? new(next, $"After {listed}, the next") : null;
    }

    private static Rational? NextOf(List<Rational> values)
    {
        var last = values[^1];
        if (Same(values, (a, b) => b - a) is { } step)
        {
            return last + step;
        }

        if (values.TrueForAll(v => v.Sign != 0) && Same(values, (a, b) => b / a) is { } factor)
        {
            return last * factor;
        }

        if (values.Count >= 4 && Enumerable.Range(2, values.Count - 2).All(i => values[i] == values[i - 1] + values[i - 2]))
        {
            return last + values[^2];
        }

        var steps = values.Skip(1).Zip(values, (b, a) => b - a).ToList();
        return steps.Count >= 3 && Same(steps, (a, b) => b - a) is { } growth ? last + steps[^1] + growth : null;
    }

    private static Rational? Same(List<Rational> values, Func<Rational, Rational, Rational> relation)
    {
        var first = relation(values[0], values[1]);
        return Enumerable.Range(2, values.Count - 2).All(i => relation(values[i - 1], values[i]) == first) ? first : null;
    }

    [GeneratedRegex(@"\b(?:average|mean) (?:of|score of|value of|for)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Average();

    [GeneratedRegex(@"(?<number>\d[\d.]*)(?:(?:, and|,| and| or) (?<number>\d[\d.]*))+", RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\bspeed\b|\bper hour\b", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    [GeneratedRegex(@"\bmedian (?:of|value of)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Median();

    [GeneratedRegex(@"\b(?:next (?:number|term|one|in)|comes next|continue the (?:sequence|series)|follows in the (?:sequence|series))\b", RegexOptions.CultureInvariant)]
    private static partial Regex Next();
}
