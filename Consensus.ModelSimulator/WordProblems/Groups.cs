using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>Two numbers and equal groups: so many in each, shared among so many, packed by so many.</summary>
internal static partial class Groups
{
    public static Solution? Solve(Story story)
    {
        // A single thing among the two is rarely a factor: "one set of twins".
        if (story.Count != 2 || !story.HasOneTimeUnit || story[0] == 1 || story[1] == 1)
        {
            return null;
        }

        if (story.Has(Shared()) || EachAsked().IsMatch(story.Question))
        {
            return Divide(story);
        }

        if (!story.Has(EqualGroups()) || EachOf().Matches(story.Text).Any(each => !story.Counts(each.Groups["thing"].Value)))
        {
            return null;
        }

        var counted = story.Quantities.Where(story.AsksFor).ToList();
        var bothMoney = story.Quantities.All(q => q.IsMoney);
        if (counted.Count > 0 && !(bothMoney && !story.AsksMoney))
        {
            return (counted.Count == 1 || (story.AsksMoney && !bothMoney)) && (OneOf().Matches(story.Text).Any(one => story.Counts(one.Groups["thing"].Value)) || story.Has(InEach()))
                ? new(story[0] * story[1], $"{story[0]} * {story[1]}", story.AsksMoney)
                : null;
        }

        // "Groups of 4 … how many groups?": what is asked for is not what was counted.
        return story.Asked.Count > 0 ? Packs(story) : null;
    }

    private static Solution? Divide(Story story)
    {
        // What is divided is what is asked for, or what the verb is said of; where these do not tell the same one, nothing is clear.
        var asked = story.Quantities.Where(story.AsksFor).ToList();
        var said = Dividend().Match(story.Text) is { Success: true } match ? story.Quantities.First(q => q.Index == match.Groups["whole"].Index) : null;
        if (asked.Count > 1 || (asked.Count == 0 && (said is null || story.NamesAsked || story.AsksMoney)) || (asked.Count == 1 && said is not null && asked[0] != said))
        {
            return null;
        }

        var whole = asked.Count == 1 ? asked[0] : said!;
        var parts = whole == story.Quantities[0] ? story.Quantities[1] : story.Quantities[0];
        if (LeftOver().IsMatch(story.Question))
        {
            return new(whole.Value.Mod(parts.Value), $"{whole.Value} mod {parts.Value}");
        }

        return new(whole.Value / parts.Value, $"{whole.Value} / {parts.Value}", whole.IsMoney);
    }

    private static Solution? Packs(Story story)
    {
        var (small, large) = story[0] < story[1] ? (story.Quantities[0], story.Quantities[1]) : (story.Quantities[1], story.Quantities[0]);
        if (!SizeBefore().IsMatch(story.Text[..small.Index]) || (small.Noun.Length > 0 && small.Noun != large.Noun) || PerAsked().IsMatch(story.Question))
        {
            return null;
        }

        var (size, whole) = (small.Value, large.Value);
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

    [GeneratedRegex(@"\b(?:each|every|1) (?<thing>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EachOf();

    [GeneratedRegex(@"\b(?:each|every|per|an?|1) (?<thing>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex OneOf();

    [GeneratedRegex(@"\d (?:[a-z]+ ){1,3}(?:of|with|contain|containing|that hold|that contain|hold|each with|each holding|have|has) \d[\d.]* (?:[a-z]+ ?){1,3}|\d (?:[a-z]+ ){1,3}(?:at|for|costs?|that cost|that costs|costing) \d[\d.]* dollars each\b", RegexOptions.CultureInvariant)]
    private static partial Regex InEach();

    [GeneratedRegex(@"\b(?:share|split|divide|distribute)s?(?: equally| evenly)? (?<whole>\d[\d.]*)\b|(?<![\d.])(?<whole>\d[\d.]*) (?:[a-z]+ ){1,3}(?:is|are|was|were|be)(?: equally| evenly)? (?:shared|split|divided|distributed)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Dividend();

    [GeneratedRegex(@"\b(?:of|holds?|contains?|costs?|fits?|seats?|carry|carries)(?: up to| only)? $", RegexOptions.CultureInvariant)]
    private static partial Regex SizeBefore();

    [GeneratedRegex(@"\b(?:per|each|every) [a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex PerAsked();

    [GeneratedRegex(@"\b(?:left ?over|remain|remains|remaining|left)\b", RegexOptions.CultureInvariant)]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"\b(?:need|needs|needed|required|necessary|must)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Needed();
}
