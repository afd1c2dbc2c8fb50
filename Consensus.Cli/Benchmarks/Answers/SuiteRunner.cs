using Consensus.Contracts.Benchmarks;
using Spectre.Console;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Runs suites one after another: progress, what an unfinished run left, results.</summary>
internal sealed class SuiteRunner(Terminal terminal, ReplayOptions options, double target)
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
        var questions = await SuiteRun.RunAsync(suite, SuiteRun.Replay(options), known, portion =>
        {
            partial?.Add(key, portion);
            tell(suite.Name, done += portion.Count, suite.Items.Count);
        }, cancellationToken);
        return BenchmarkResults.Of(suite, options, questions, target);
    }
}
