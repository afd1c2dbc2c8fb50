using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>One has more, fewer or several times as many as another.</summary>
internal static partial class Comparisons
{
    public static Solution? Solve(Story story)
    {
        if (story.Count != 2)
        {
            return null;
        }

        if (HowManyMore().IsMatch(story.Question) && story.Quantities.All(q => q.Noun == story.Quantities[0].Noun || story.AsksFor(q)) && !story.Has(Related()))
        {
            var (low, high) = story[0] < story[1] ? (story[0], story[1]) : (story[1], story[0]);
            return new(high - low, $"{high} - {low}");
        }

        // Who is compared with whom must be the one whose number is known, and the other the one who is asked for.
        if (Related().Match(story.Text) is not { Success: true } related)
        {
            return null;
        }

        var relation = story.Quantities.First(q => q.Index == related.Groups["number"].Index);
        var known = story.Quantities.First(q => q != relation);
        var reference = related.Groups["reference"].Value;
        // Only "A has 5. B has 3 more than A." is understood: what is known is what the other is compared with.
        if (!Regex.IsMatch(story.Text, $@"\b{Regex.Escape(reference)}(?:'s)? (?:[a-z]+ ){{1,3}}{Regex.Escape(known.Value.ToString())}\b", RegexOptions.CultureInvariant)
            || !(Together().IsMatch(story.Question) || (related.Groups["subject"].Value is { Length: > 0 } subject && Regex.IsMatch(story.Question, $@"\b{Regex.Escape(subject)}\b", RegexOptions.CultureInvariant))))
        {
            return null;
        }

        var (other, steps) = related.Groups["word"].Value switch
        {
            "more" => (known.Value + relation.Value, $"{known.Value} + {relation.Value}"),
            "fewer" or "less" => (known.Value - relation.Value, $"{known.Value} - {relation.Value}"),
            _ => (known.Value * relation.Value, $"{relation.Value} * {known.Value}"),
        };
        if (other.Sign < 0)
        {
            return null;
        }

        return Together().IsMatch(story.Question)
            ? new(known.Value + other, $"{known.Value} + ({steps})")
            : AsksKnown(story, reference) ? null : new(other, steps);
    }

    private static bool AsksKnown(Story story, string reference) =>
        Regex.IsMatch(story.Question, $@"\b(?:does|do|did|has|have)\s+{Regex.Escape(reference)}\b", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\bhow many (?:more|fewer|less)\b|\bhow much (?:more|less)\b|\bwhat is the difference\b", RegexOptions.CultureInvariant)]
    private static partial Regex HowManyMore();

    [GeneratedRegex(@"(?:\b(?<subject>[a-z]+) (?:has|had|have|bought|sold|collected|made|read|ate) )?(?<number>\d+(?:\.\d+)?) (?:(?<word>more|fewer|less) (?:[a-z]+ ){0,2}than|(?<word>times) (?:as (?:many|much) (?:[a-z]+ ){0,2}as|more (?:[a-z]+ ){0,2}than|the number of [a-z]+ (?:of|that))) (?:(?:his|her|my|their|the) )?(?<reference>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Related();

    [GeneratedRegex(@"\b(?:altogether|all together|in total|in all|total|together|combined|both)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Together();
}
