using System.Collections.Concurrent;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;
using Consensus.ModelSimulator.Knowledge;
using Consensus.ModelSimulator.WordProblems;

namespace Consensus.ModelSimulator.Questions;

/// <summary>Understands a question, or does not.</summary>
internal static class Solver
{
    /// <summary>So many questions are remembered; beyond that all are forgotten. The models of a panel are asked the same, and retries ask again.</summary>
    private const int MostRemembered = 4096;

    private const int LongestRemembered = 2000;

    private static readonly ConcurrentDictionary<string, Problem?> Remembered = new(StringComparer.Ordinal);

    /// <summary>The problem that the message poses; <c>null</c> when it is none that can be solved.</summary>
    public static Problem? Solve(string message)
    {
        if (message.Length > LongestRemembered)
        {
            return Understand(message);
        }

        if (Remembered.TryGetValue(message, out var known))
        {
            return known;
        }

        if (Remembered.Count >= MostRemembered)
        {
            Remembered.Clear();
        }

        return Remembered[message] = Understand(message);
    }

    private static Problem? Understand(string message)
    {
        if (OptionList.Parse(message) is { } options)
        {
            return ChoiceQuestion.Solve(options, SolveReading);
        }

        foreach (var reading in QuestionText.Readings(message))
        {
            if (SolveReading(reading) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static Problem? SolveReading(Reading reading) =>
        FactBook.Default.Find(reading.Text) ?? Statement(reading.Text) ?? Comparison.Solve(reading.Text) ?? ArithmeticQuestion.Solve(reading.Text) ?? (reading.IsWhole ? WordProblem.Solve(reading.Text) : null);

    // "Is Lyon the capital of France?" and, for facts that are yes or no themselves, "True or false: whales are fish."
    private static Problem? Statement(string text)
    {
        if (YesNo.Strip(text) is not { } statement)
        {
            return null;
        }

        var asTruth = YesNo.WantsTrueFalse(text);
        return FactBook.Default.Judge(statement, out var fact) is { } holds
            ? YesNo.Problem(fact!.Category, "I compared the statement with what I have stored", holds, asTruth)
            : FactBook.Default.Find(statement) is { Right.Truth: { } truth } known
                ? YesNo.Problem(known.Category, known.Working, truth, asTruth)
                : null;
    }
}
