using System.Diagnostics;
using Consensus.Contracts.Suites;
using Consensus.Core.Benchmarks;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Answers and scores the questions of a suite, several at a time, wherever the answers come from.</summary>
internal static class SuiteRun
{
    // Results are handed on in portions: small enough that a stopped run loses little, large enough that all cores work.
    private const int Portion = 64;

    /// <summary>A recorded answer to every question, decided in this process.</summary>
    public static Func<SuiteItem, CancellationToken, ValueTask<QuestionResult>> Replay(ReplayOptions options) => (item, _) =>
    {
        var question = SuiteQuestion.Of(item, options);
        var start = Stopwatch.GetTimestamp();
        var decided = QuestionReplay.Decide(question);
        var taken = Stopwatch.GetElapsedTime(start);
        return ValueTask.FromResult(QuestionReplay.Score(decided) with { Microseconds = taken.TotalMicroseconds });
    };

    /// <summary>Answers every question that is not known yet.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="answer">Answers and scores one question; called from several threads.</param>
    /// <param name="known">Results of an earlier run by question id.</param>
    /// <param name="done">Told of each portion of new results, in the suite's order.</param>
    /// <param name="how">How many at a time, and what stops between two questions; what is done by then is still told of.</param>
    /// <returns>One result a question, in the suite's order.</returns>
    public static async Task<QuestionResult[]> RunAsync(
        AnswerSuite suite,
        Func<SuiteItem, CancellationToken, ValueTask<QuestionResult>> answer,
        IReadOnlyDictionary<string, QuestionResult> known,
        Action<IReadOnlyList<QuestionResult>> done,
        ParallelOptions how)
    {
        Dictionary<string, QuestionResult> results = new(known, StringComparer.Ordinal);
        foreach (var portion in suite.Items.Where(item => !known.ContainsKey(item.Id)).Chunk(Portion))
        {
            how.CancellationToken.ThrowIfCancellationRequested();
            var answered = new QuestionResult?[portion.Length];
            try
            {
                await Parallel.ForAsync(0, portion.Length, how, async (i, cancelled) => answered[i] = await answer(portion[i], cancelled));
            }
            finally
            {
                done([.. answered.OfType<QuestionResult>()]);
            }

            foreach (var result in answered)
            {
                results.Add(result!.Id, result);
            }
        }

        return [.. suite.Items.Select(item => results[item.Id])];
    }
}
