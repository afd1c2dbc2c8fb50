using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.WordProblems;

namespace Consensus.ModelSimulator.Arithmetic;

/// <summary>Understands a question that is one calculation, in signs or in words: <c>What is 17 times 23?</c></summary>
internal static partial class ArithmeticQuestion
{
    private const int Longest = 400;

    public static Problem? Solve(string text)
    {
        if (text.Length > Longest || !text.AsSpan().ContainsAnyInRange('0', '9') && !text.Contains(' '))
        {
            return null;
        }

        var expression = ArithmeticWords.ToExpression(text);
        return Solved(expression) ?? (OnlySpan(expression) is { } span ? Solved(span) : null);
    }

    private static Problem? Solved(string expression)
    {
        if (!Expression.TryEvaluate(expression, out var value, out var operations) || operations == 0)
        {
            return null;
        }

        return new()
        {
            Category = Categories.Arithmetic,
            Working = $"{Spaced(expression)} = {{0}}",
            Right = Answer.Of(value),
            Wrong = Slips.Near(value),
        };
    }

    // "I wonder how much 17 * 23 makes": the only calculation in a text without other digits.
    private static string? OnlySpan(string text)
    {
        var spans = CalculationSpan().Matches(text);
        if (spans.Count != 1 || !Asks().IsMatch(text))
        {
            return null;
        }

        // A percentage in a text is no calculation by itself, and what tells of numbers beside it would change the result.
        var span = spans[0].Value.Trim();
        return Operation().IsMatch(span) && LeftOver.CountIn(text) == LeftOver.CountIn(span) ? span : null;
    }

    private static string Spaced(string expression) => Operator().Replace(Spaces().Replace(expression, ""), " $0 ").Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

    [GeneratedRegex(@"[-(]*\d[\d\s.]*(?:[-+*/^()%!\s.]|\d)*[\d)!%]", RegexOptions.NonBacktracking)]
    private static partial Regex CalculationSpan();

    [GeneratedRegex(@"\b(?:what|how much|calculate|compute|evaluate|solve|wonder|equals?|know|tell|result|value)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Asks();

    [GeneratedRegex(@"[\d)!%]\s*[-+*/^]|\d!", RegexOptions.NonBacktracking)]
    private static partial Regex Operation();

    [GeneratedRegex(@"(?<=[\d)!%])[-+*/]|mod", RegexOptions.CultureInvariant)]
    private static partial Regex Operator();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
