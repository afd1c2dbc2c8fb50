using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>A product of three: so much an hour, so many hours a day, so many days.</summary>
internal static partial class Wages
{
    public static Solution? Solve(Story story) =>
        story.Count == 3 && Rates().Count(story.Text) >= 2 && (story.AsksMoney || story.AsksFor(story.Quantities[0]) || story.Quantities.Count(story.AsksFor) == 1)
            ? new(story[0] * story[1] * story[2], $"{story[0]} * {story[1]} * {story[2]}", story.AsksMoney)
            : null;

    [GeneratedRegex(@"\b(?:per|an|a|each|every) (?:hour|day|week|month|year|minute|box|bag|row|shelf|page|pack|class|floor|table|person|child|student|player|team|crate|carton)\b|\beach\b", RegexOptions.CultureInvariant)]
    private static partial Regex Rates();
}
