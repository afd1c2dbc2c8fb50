using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>Buying things at a price each, several kinds of them, and the change.</summary>
internal static partial class Purchases
{
    public static Solution? Solve(Story story)
    {
        if (story.Count < 3 || !story.Has(Priced()))
        {
            return null;
        }

        var pairs = Item().Matches(story.Text);
        var used = pairs.Count * 2;
        if (pairs.Count == 0)
        {
            return null;
        }

        Rational cost = 0;
        foreach (Match pair in pairs)
        {
            cost += Rational.Parse(pair.Groups["count"].ValueSpan) * Rational.Parse(pair.Groups["price"].ValueSpan);
        }

        var steps = string.Join(" + ", pairs.Select(p => $"{p.Groups["count"].Value} * {p.Groups["price"].Value}"));
        if (used == story.Count && !story.Has(Change()))
        {
            return new(cost, steps, Dollars: true);
        }

        var paid = Paid().Match(story.Text);
        return used + 1 == story.Count && paid.Success && story.Has(Change()) && Rational.Parse(paid.Groups["paid"].ValueSpan) is var money && money >= cost
            ? new(money - cost, $"{money} - {(pairs.Count > 1 ? $"({steps})" : steps)}", Dollars: true)
            : null;
    }

    [GeneratedRegex(@"\b(?:each|apiece|a piece|per|every|cost|costs|costing|at)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Priced();

    [GeneratedRegex(@"(?<count>\d+)(?! dollars?| times)(?<thing>[^0-9.;?]{1,60}?)\b(?:at|for|cost|costs|costing|priced at|that cost|is|are|selling for)\s(?<price>\d+(?:\.\d+)?) dollars?(?: (?:each|apiece|a piece|per [a-z]+|every [a-z]+|a [a-z]+))", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@"\b(?:pays?|paid|paying|hands?|handed|gives?|gave|has|had|have|with|from|using)\b[^0-9.?]{0,40}?(?<paid>\d+(?:\.\d+)?)[ -]dollars?", RegexOptions.CultureInvariant)]
    private static partial Regex Paid();

    [GeneratedRegex(@"\bchange\b|\b(?:left|remain|remains|remaining)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Change();
}
