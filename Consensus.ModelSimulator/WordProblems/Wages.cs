using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>A product of three that form a chain: so much an hour, so many hours a day, so many days.</summary>
internal static partial class Wages
{
    public static Solution? Solve(Story story)
    {
        if (story.Count != 3 || !(story.AsksMoney ? story.Quantities.Count(q => q.IsMoney) == 1 : story.Quantities.Count(story.AsksFor) == 1))
        {
            return null;
        }

        var asked = story.Quantities.First(story.AsksFor);
        var chained = asked;
        for (var links = 0; links < 2; links++)
        {
            // What the last one was for each of, another counts.
            if (UnitOf(story, chained) is not { } unit || story.Quantities.Where(q => q != asked && q != chained && q.Noun == unit).ToList() is not [var next])
            {
                return null;
            }

            chained = next;
        }

        // What the last one counts is of nothing else: no rate is left over.
        return UnitOf(story, chained) is not null || PerAsked().IsMatch(story.Question)
            ? null
            : new(story[0] * story[1] * story[2], $"{story[0]} * {story[1]} * {story[2]}", story.AsksMoney);
    }

    private static string? UnitOf(Story story, Quantity quantity) =>
        Rate().Match(story.Text, quantity.Index) is { Success: true } rate && rate.Index == quantity.Index ? Story.Singular(rate.Groups["unit"].Value) : null;

    [GeneratedRegex(@"\d[\d.]* (?:[a-z]+ ){1,2}?(?:per|an?|each|every|in each|in every) (?<unit>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Rate();

    [GeneratedRegex(@"\b(?:per|each|every|an?) [a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex PerAsked();
}
