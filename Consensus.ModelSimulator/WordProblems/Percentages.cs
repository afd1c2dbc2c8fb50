using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>A part of a hundred: shares, discounts, rises, tips and taxes.</summary>
internal static partial class Percentages
{
    // Who is not the one is the other.
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["boy"] = "girl",
        ["girl"] = "boy",
        ["man"] = "woman",
        ["woman"] = "man",
        ["adult"] = "child",
        ["child"] = "adult",
    };

    public static Solution? Solve(Story story)
    {
        if (story.Count != 2 || story.Quantities.Count(q => q.IsPercent) != 1)
        {
            return null;
        }

        var percent = story.Quantities.First(q => q.IsPercent);
        var whole = story.Quantities.First(q => !q.IsPercent);
        var part = whole.Value * percent.Value / 100;
        var partSteps = $"{whole.Value} * {percent.Value} / 100";
        if (whole.IsMoney || story.Has(Price()))
        {
            return Price(story, whole, percent, part, partSteps);
        }

        if (story.Has(Change()))
        {
            var up = !story.Has(Down());
            return story.Has(HowMuchChange())
                ? new(part, partSteps)
                : new(up ? whole.Value + part : whole.Value - part, $"{whole.Value} {(up ? '+' : '-')} {partSteps}");
        }

        return Share(story, whole, percent) switch
        {
            true => new(part, partSteps),
            false => new(whole.Value - part, $"{whole.Value} - {partSteps}"),
            _ => null,
        };
    }

    private static Solution? Price(Story story, Quantity whole, Quantity percent, Arithmetic.Rational part, string steps)
    {
        var (off, on) = (story.Has(Discount()), story.Has(Surcharge()));
        if (off == on || story.Question.Contains("original", StringComparison.Ordinal) || story.Question.Contains("regular", StringComparison.Ordinal))
        {
            return null;
        }

        var asksPart = off ? story.Question.Contains("save", StringComparison.Ordinal) || story.Question.Contains("the discount", StringComparison.Ordinal) : AsksSurcharge().IsMatch(story.Question);
        return percent.Value > 100 && off ? null
            : asksPart ? new(part, steps, Dollars: true)
            : off ? new(whole.Value - part, $"{whole.Value} - {steps}", Dollars: true)
            : new(whole.Value + part, $"{whole.Value} + {steps}", Dollars: true);
    }

    // True for the part itself, false for the rest, null when it cannot be told.
    private static bool? Share(Story story, Quantity whole, Quantity percent)
    {
        // "There are 40 students. 25 percent of them are girls.": the whole comes first, then what the part of it is.
        if (story.Asked.Count == 0 || whole.Index > percent.Index || story.Text.LastIndexOf(story.Question, StringComparison.Ordinal) is var start && start <= percent.Index)
        {
            return null;
        }

        var asked = story.Asked[0];
        var said = Words().Matches(story.Text[percent.Index..start]).Select(w => Story.Singular(w.Value)).Where(w => w.Length > 3 && w is not ("percent" or "them" or "were" or "have") && !whole.Nouns.Contains(w)).ToList();
        var repeated = Words().Matches(story.Question).Select(w => Story.Singular(w.Value)).Any(said.Contains);
        return (said.Contains(asked), whole.Nouns.Contains(asked)) switch
        {
            (true, false) => !story.Has(Rest()),
            // "How many students are girls?" names the whole again, "How many did he lose to?" what nobody said.
            (false, true) => repeated ? !story.Has(Rest()) : null,
            // "25 percent are girls. How many boys?" asks for those who were not named.
            (false, false) when Others.TryGetValue(asked, out var others) && said.Contains(others) => false,
            _ => null,
        };
    }

    [GeneratedRegex(@"\b(?:price|priced|costs?|discount|bill)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Price();

    [GeneratedRegex(@"\b(?:off|discount(?:ed)?|cheaper|reduced|reduction|on sale)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Discount();

    [GeneratedRegex(@"\b(?:tip|tax|increase[sd]?|rise[sn]?|rose|goes up|went up|raise[sd]?|more expensive|interest|markup)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Surcharge();

    [GeneratedRegex(@"\bhow much (?:is|was|of a|are)?\s?(?:the |a )?(?:tip|tax|interest|increase|markup)\b|\bwhat is the (?:tip|tax|interest|increase|markup)\b|\bhow much (?:tip|tax|interest)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AsksSurcharge();

    [GeneratedRegex(@"\b(?:increase[sd]?|decrease[sd]?|grows?|grew|grown|shrinks?|shrank|rises?|rose|falls?|fell|drops?|dropped|declines?|declined)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Change();

    [GeneratedRegex(@"\b(?:decrease[sd]?|shrinks?|shrank|falls?|fell|drops?|dropped|declines?|declined)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Down();

    [GeneratedRegex(@"\bby how (?:much|many)\b|\bhow (?:much|many) (?:more|fewer|less)\b", RegexOptions.CultureInvariant)]
    private static partial Regex HowMuchChange();

    [GeneratedRegex(@"\bhow many\b[^.?]*\b(?:not|n't|left|remain|remaining|rest|others?)\b|\b(?:are|is|do|does|did|were)n't\b[^.]*\?$", RegexOptions.CultureInvariant)]
    private static partial Regex Rest();

    [GeneratedRegex(@"[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
