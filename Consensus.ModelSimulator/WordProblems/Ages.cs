using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>How old somebody is, was or will be.</summary>
internal static partial class Ages
{
    public static Solution? Solve(Story story)
    {
        if (story.Count != 2 || !story.Has(Old()))
        {
            return null;
        }

        if (Difference().Match(story.Text) is { Success: true } difference)
        {
            return FromDifference(story, difference);
        }

        if (Multiple().Match(story.Text) is { Success: true } multiple)
        {
            var (times, known) = Order(story, multiple.Groups["times"].Index);
            return AsksReference(story, multiple)
                ? new(known.Value / times.Value, $"{known.Value} / {times.Value}")
                : new(known.Value * times.Value, $"{times.Value} * {known.Value}");
        }

        if (Later().Match(story.Text) is { Success: true } later && story.Question.Contains("will", StringComparison.Ordinal))
        {
            var (span, known) = Order(story, later.Groups["span"].Index);
            return new(known.Value + span.Value, $"{known.Value} + {span.Value}");
        }

        if (Ago().Match(story.Text) is { Success: true } ago && story.Question.Contains("was", StringComparison.Ordinal))
        {
            var (span, known) = Order(story, ago.Groups["span"].Index);
            return known.Value < span.Value ? null : new(known.Value - span.Value, $"{known.Value} - {span.Value}");
        }

        return null;
    }

    private static Solution? FromDifference(Story story, Match difference)
    {
        var (years, known) = Order(story, difference.Groups["years"].Index);
        var older = difference.Groups["word"].Value == "older";
        if (AsksReference(story, difference))
        {
            older = !older;
        }

        return older ? new(known.Value + years.Value, $"{known.Value} + {years.Value}")
            : known.Value < years.Value ? null
            : new(known.Value - years.Value, $"{known.Value} - {years.Value}");
    }

    // The number of the relation first, the known age second.
    private static (Quantity Relation, Quantity Known) Order(Story story, int relation) =>
        story.Quantities[0].Index == relation ? (story.Quantities[0], story.Quantities[1]) : (story.Quantities[1], story.Quantities[0]);

    // "Ann is 3 years older than Ben. How old is Ben?" asks for the one whom the other is compared with.
    private static bool AsksReference(Story story, Match relation)
    {
        var asked = Asked().Match(story.Question).Groups["who"].Value;
        var reference = relation.Groups["reference"].Value;
        return asked.Length > 0 && asked == reference;
    }

    [GeneratedRegex(@"\bhow old\b|\bwhat (?:is|was|will be) [a-z' ]{1,30}\bage\b|\bage of\b", RegexOptions.CultureInvariant)]
    private static partial Regex Old();

    [GeneratedRegex(@"(?<years>\d+) years? (?<word>older|younger)(?: than (?:(?:his|her|my|their|the) )?(?<reference>[a-z]+))?", RegexOptions.CultureInvariant)]
    private static partial Regex Difference();

    [GeneratedRegex(@"(?<times>\d+) times (?:as old as|the age of|older than) (?:(?:his|her|my|their|the) )?(?<reference>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Multiple();

    [GeneratedRegex(@"\bin (?<span>\d+) (?:more )?years?\b|(?<span>\d+) years? from now\b|\bafter (?<span>\d+) years?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Later();

    [GeneratedRegex(@"(?<span>\d+) years? ago\b", RegexOptions.CultureInvariant)]
    private static partial Regex Ago();

    [GeneratedRegex(@"\bhow old (?:is|was|will be) (?:(?:his|her|my|their|the) )?(?<who>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
