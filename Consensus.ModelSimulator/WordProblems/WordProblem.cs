using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>
/// Solves word problems of common shapes. Each shape uses every number of the story or does not apply: a number that is left over means that the story was not understood.
/// </summary>
internal static class WordProblem
{
    // The most particular shapes come first.
    private static readonly Func<Story, Solution?>[] Shapes =
    [
        Equations.Solve,
        Lists.Solve,
        Conversions.Solve,
        Rectangles.Solve,
        Ages.Solve,
        Journeys.Solve,
        Percentages.Solve,
        Purchases.Solve,
        Comparisons.Solve,
        Proportions.Solve,
        Groups.Solve,
        Wages.Solve,
        Changes.Solve,
    ];

    public static Problem? Solve(string text)
    {
        if (text.Length > Story.Longest || !text.Contains(' '))
        {
            return null;
        }

        var story = new Story(text);
        if (story.Count == 0 || story.Question.Length == 0)
        {
            return null;
        }

        foreach (var shape in Shapes)
        {
            if (Try(shape, story) is { } solution)
            {
                return Of(story, solution);
            }
        }

        return null;
    }

    private static Solution? Try(Func<Story, Solution?> shape, Story story)
    {
        try
        {
            return shape(story);
        }
        catch (ArithmeticException)
        {
            // A division by zero or a number beyond bounds: this shape has no answer.
            return null;
        }
    }

    private static Problem Of(Story story, Solution solution) => new()
    {
        Category = "word_problem",
        Working = $"{solution.Steps} = {{0}}",
        Right = Answer.Of(solution.Value, solution.Dollars),
        Wrong = Slips.Near(solution.Value, solution.Dollars, OtherWays(story)),
    };

    // The typical mistake is the wrong operation on the right numbers.
    private static IEnumerable<Rational> OtherWays(Story story)
    {
        if (story.Count < 2)
        {
            yield break;
        }

        yield return story[0] + story[1];
        yield return story[0] > story[1] ? story[0] - story[1] : story[1] - story[0];
        yield return story[0] * story[1];
    }
}
