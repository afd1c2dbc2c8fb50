using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>
/// Solves word problems of common shapes. Each shape uses every number of the story or does not apply: a number that is left over means that the story was not understood.
/// </summary>
internal static class WordProblem
{
    // The most particular shapes come first. Each names the telling words that it heeds; a story with any other is not for it.
    private static readonly (Func<Story, Solution?> Solve, string Heeds)[] Shapes =
    [
        (Equations.Solve, "if"),
        (Lists.Solve, "average mean"),
        (Conversions.Solve, "days day weeks week months month years year decades decade hours hour minutes minute seconds second cents dozen dozens"),
        (Rectangles.Solve, "long wide length width height tall area perimeter square if"),
        (Ages.Solve, "years year old age times as than if"),
        (Journeys.Solve, "hour hours minute minutes average per each every long if"),
        (Percentages.Solve, "percent discount discounted tip tax interest total not rest remaining if"),
        (Purchases.Solve, "each per apiece every total if"),
        (Comparisons.Solve, "more fewer less than times as both total if"),
        (Proportions.Solve, "if minutes hours days"),
        (Groups.Solve, "each every per apiece equal equally evenly total if hour hours minute minutes day days week weeks month months"),
        (Wages.Solve, "each every per total if hour hours minute minutes day days week weeks month months"),
        (Changes.Solve, "more total both another remaining then if"),
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

        foreach (var (solve, heeds) in Shapes)
        {
            if (!LeftOver.In(story, heeds) && Try(solve, story) is { } solution)
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
        Category = Categories.WordProblem,
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
