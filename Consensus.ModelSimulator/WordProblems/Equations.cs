using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>A linear equation in one letter: <c>Solve for x: 2x + 3 = 11</c>.</summary>
internal static partial class Equations
{
    public static Solution? Solve(Story story)
    {
        var match = Equation().Match(story.Text);
        if (!match.Success || !Unknown().IsMatch(story.Text) || story.Quantities.Any(q => q.Index < match.Index || q.Index >= match.Index + match.Length))
        {
            return null;
        }

        var letter = match.Groups["letter"].Value;
        var (left, right) = (match.Groups["left"].Value, match.Groups["right"].Value);
        if (Difference(left, right, letter, 0) is not { } atZero || Difference(left, right, letter, 1) is not { } atOne || Difference(left, right, letter, 2) is not { } atTwo)
        {
            return null;
        }

        var slope = atOne - atZero;
        return slope.Sign == 0 || atTwo - atOne != slope ? null : new(-atZero / slope, $"Solving {left.Trim()} = {right.Trim()}, {letter}");
    }

    private static Rational? Difference(string left, string right, string letter, int value) =>
        Side(left, letter, value) is { } l && Side(right, letter, value) is { } r ? l - r : null;

    private static Rational? Side(string side, string letter, int value)
    {
        var expression = Factor().Replace(side, "$1*").Replace(letter, $"({value})", StringComparison.Ordinal);
        return Expression.TryEvaluate(expression, out var result, out _) ? result : null;
    }

    [GeneratedRegex(@"(?:^|[\s:])(?<left>[\d\s.()+*/^-]*(?<letter>[a-z])(?![a-z])[\d\s.()+*/^-]*)=(?<right>[\d\s.()+*/^-]*(?:\k<letter>(?![a-z])[\d\s.()+*/^-]*)?)(?=$|[\s,.?;])", RegexOptions.CultureInvariant)]
    private static partial Regex Equation();

    [GeneratedRegex(@"\b(?:solve|find|what is|what's|value of|determine|calculate)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"(\d|\))\s*(?=[a-z(])", RegexOptions.CultureInvariant)]
    private static partial Regex Factor();
}
