using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;
using Consensus.ModelSimulator.Knowledge;

namespace Consensus.ModelSimulator.Questions;

/// <summary>Answers a question with listed options, when the question is understood and exactly one option is its answer.</summary>
internal static class ChoiceQuestion
{
    /// <summary>A longer option is no number, whatever it holds.</summary>
    private const int LongestNumber = 200;

    public static Problem? Solve(OptionList options, Func<Reading, Problem?> solve)
    {
        if (Property.Parse(options.Stem)?.Pick(options.Options) is { } picked)
        {
            return Chosen(options, picked, Categories.Comparison, "I checked each option");
        }

        foreach (var reading in QuestionText.Readings(options.Stem))
        {
            if (solve(reading) is { } problem && IndexOf(options.Options, problem) is { } index)
            {
                return Chosen(options, index, problem.Category, problem.Working);
            }
        }

        return null;
    }

    private static Problem Chosen(OptionList options, int right, string category, string working)
    {
        var answers = options.Options.Select((text, index) => new Answer(text) { Letter = (char)('A' + index) }).ToList();
        return new()
        {
            Category = category,
            Working = working,
            Right = answers[right],
            Wrong = [.. answers.Where((_, index) => index != right)],
        };
    }

    // The one option that is the answer; null for none or several.
    private static int? IndexOf(IReadOnlyList<string> options, Problem problem)
    {
        var matches = options.Select((text, index) => (text, index)).Where(o => Is(o.text, problem)).Select(o => o.index).ToList();
        return matches.Count == 1 ? matches[0] : null;
    }

    private static bool Is(string option, Problem problem)
    {
        if (problem.Right.Truth is { } truth)
        {
            return option.Trim().ToLowerInvariant() switch { "yes" or "true" => truth, "no" or "false" => !truth, _ => false };
        }

        if (problem.Right.Number is { } number && NumberIn(option) is { } value)
        {
            return number == value || number.ToString() == value.ToString();
        }

        var key = WordBag.Key(false, option);
        return key.Length > 0 && problem.Aliases.Append(problem.Right.Text).Any(name => WordBag.Key(false, name) == key);
    }

    /// <summary>The number that an option is, with or without a unit; <c>null</c> when it has none or more than one.</summary>
    public static Rational? NumberIn(string option)
    {
        if (option.Length > LongestNumber)
        {
            return null;
        }

        var text = ArithmeticWords.ToExpression(option);
        if (Expression.TryEvaluate(text, out var value, out _))
        {
            return value;
        }

        var numbers = Numerals.All(text);
        return numbers.Count == 1 ? numbers[0] : null;
    }
}
