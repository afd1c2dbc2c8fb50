using Consensus.Cli.Benchmarks.Live;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Suites;
using Consensus.Core.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Runs suites one after another: progress, what an unfinished run left, results.</summary>
internal sealed class SuiteRunner(Terminal terminal, ReplayOptions options, double target, LiveApi? live = null)
{
    /// <summary>Runs all.</summary>
    /// <param name="suites">The suites.</param>
    /// <param name="partial">Where results are kept on the way; <c>null</c>: nowhere.</param>
    /// <param name="watched">Whether progress may be shown.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task<BenchmarkResult[]> RunAsync(IReadOnlyList<AnswerSuite> suites, PartialResults? partial, bool watched, CancellationToken cancellationToken) =>
        BenchProgress.ShowAsync(terminal, watched, async tell =>
        {
            var results = new List<BenchmarkResult>();
            foreach (var suite in suites)
            {
                results.Add(await RunAsync(suite, partial, tell, cancellationToken));
            }

            return results.ToArray();
        });

    private async Task<BenchmarkResult> RunAsync(AnswerSuite suite, PartialResults? partial, Action<string, int, int> tell, CancellationToken cancellationToken)
    {
        var key = PartialResults.KeyOf(suite, options);
        var known = partial?.Known(key) ?? [];
        var done = suite.Items.Count(item => known.ContainsKey(item.Id));
        if (done > 0)
        {
            terminal.Error.WriteLine($"{Display.SafeText.Line(suite.Name)}: resuming, {done} of {suite.Items.Count} questions are done.");
        }

        tell(suite.Name, done, suite.Items.Count);
        var answers = live is null ? null : new LiveAnswers(live, options);
        var asked = done;
        Func<SuiteItem, CancellationToken, ValueTask<QuestionResult>> answer = answers is null ? SuiteRun.Replay(options) : async (item, cancelled) =>
        {
            var result = await answers.AnswerAsync(item, cancelled);
            tell(suite.Name, Interlocked.Increment(ref asked), suite.Items.Count);
            return result;
        };
        var how = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = live?.Concurrency ?? -1 };
        var questions = await SuiteRun.RunAsync(suite, answer, known, portion =>
        {
            // What failed is asked again when the run is taken up.
            partial?.Add(key, [.. portion.Where(static result => result.Error is null)]);
            tell(suite.Name, done += portion.Count, suite.Items.Count);
        }, how);
        if (answers is not null)
        {
            questions = answers.Complete(questions);
            if (LiveAnswers.Failures(questions) is { Length: > 0 } failures)
            {
                terminal.Error.WriteLine(Display.SafeText.Line($"{suite.Name}: failed runs count as wrong, {failures}.", 1_000));
            }
        }

        return BenchmarkResults.Of(suite, options, questions, target);
    }
}
