using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>Two numbers and equal groups: so many in each, shared among so many, packed by so many.</summary>
internal static partial class Groups
{
    public static Solution? Solve(Story story)
    {
        if (story.Count != 2)
        {
            return null;
        }

        if (story.Has(Shared()) || EachAsked().IsMatch(story.Question))
        {
            return Divide(story);
        }

        if (!story.Has(EqualGroups()))
        {
            return null;
        }

        var counted = story.Quantities.Where(story.AsksFor).ToList();
        var bothMoney = story.Quantities.All(q => q.IsMoney);
        if (counted.Count > 0 && !(bothMoney && !story.AsksMoney))
        {
            return counted.Count == 1 || story.AsksMoney
                ? new(story[0] * story[1], $"{story[0]} * {story[1]}", story.AsksMoney)
                : null;
        }

        // "Groups of 4 … how many groups?": what is asked for is not what was counted.
        return story.Asked.Count > 0 ? Packs(story) : null;
    }

    private static Solution? Divide(Story story)
    {
        var asked = story.Quantities.Where(story.AsksFor).ToList();
        var whole = asked.Count == 1 ? asked[0] : story[0] >= story[1] ? story.Quantities[0] : story.Quantities[1];
        var parts = whole == story.Quantities[0] ? story.Quantities[1] : story.Quantities[0];
        if (LeftOver().IsMatch(story.Question))
        {
            return new(whole.Value.Mod(parts.Value), $"{whole.Value} mod {parts.Value}");
        }

        return new(whole.Value / parts.Value, $"{whole.Value} / {parts.Value}", whole.IsMoney);
    }

    private static Solution Packs(Story story)
    {
        var (size, whole) = story[0] < story[1] ? (story[0], story[1]) : (story[1], story[0]);
        var packs = whole / size;
        var needed = story.Has(Needed());
        return new(packs.IsInteger ? packs : needed ? packs.Ceiling() : packs.Floor(), packs.IsInteger ? $"{whole} / {size}" : $"{whole} / {size}, rounded {(needed ? "up" : "down")}");
    }

    [GeneratedRegex(@"\b(?:shar(?:e|es|ed|ing)|split(?:s|ting)?|divid(?:e|es|ed|ing)|distribut(?:e|es|ed|ing)|equally|evenly)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Shared();

    [GeneratedRegex(@"\b(?:does|do|will|did|can|should|is|are|in|for|on|to)\s+(?:each|every|1)\b|\bper (?:person|child|box|day|week|hour)\b", RegexOptions.CultureInvariant)]
    private static partial Regex EachAsked();

    [GeneratedRegex(@"\b(?:each|every|per|apiece|a piece|hold|holds|contain|contains|groups? of|boxes of|bags of|rows of|rows with|packs of|packages of|teams of|sets of|pairs of|stacks of|bunches of|an? [a-z]+ costs|1 [a-z]+ costs|an hour|a day|a week|a month|a minute)\b", RegexOptions.CultureInvariant)]
    private static partial Regex EqualGroups();

    [GeneratedRegex(@"\b(?:left ?over|remain|remains|remaining|left)\b", RegexOptions.CultureInvariant)]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"\b(?:need|needs|needed|required|necessary|must)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Needed();
}
