using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Consensus.Benchmarks.Evidence;

/// <summary>
/// <c>ranking</c>: whether a claim finds the passage that it was written from, by each way of ranking that a PostgreSQL database offers, over one and the same
/// words.
/// </summary>
internal sealed class RankingCommand : RootCommand
{
    private const int Most = 10;

    private readonly Option<string> _postgres = new("--postgres") { Description = "The connection string of a database whose schema evidence is emptied.", Required = true };
    private readonly Argument<string[]> _suites = new("suites") { Description = "Evidence suites and claims suites.", Arity = ArgumentArity.OneOrMore };

    public RankingCommand()
        : base("Measure how passages are ranked.")
    {
        Options.Add(_postgres);
        Arguments.Add(_suites);
        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        Console.WriteLine("| suite | passages | queries | ranking | first | among 3 | among 8 | MRR@10 | p50, ms | p99, ms |");
        Console.WriteLine("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var path in result.GetValue(_suites)!)
        {
            var suite = RankingSuite.Read(path);
            using var rankings = await Rankings.FillAsync(result.GetValue(_postgres)!, suite, cancellationToken);
            foreach (var (name, search) in rankings.All)
            {
                var (ranks, times) = (new List<int>(), new List<double>());
                foreach (var query in suite.Queries)
                {
                    var began = Stopwatch.GetTimestamp();
                    var found = await search(query.Text, Most);
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    ranks.Add(1 + found.ToList().FindIndex(query.Passages.Contains));
                }

                Print(Path.GetFileName(path).Split('.')[0], rankings.Passages, name, ranks, [.. times.Order()]);
            }
        }
    }

    private static void Print(string suite, int passages, string name, List<int> ranks, List<double> times)
    {
        double Within(int most) => ranks.Count(rank => rank > 0 && rank <= most) / (double)ranks.Count;
        double At(double share) => times[(int)(share * (times.Count - 1))];
        var reciprocal = ranks.Average(static rank => rank == 0 ? 0 : 1.0 / rank);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {suite} | {passages:N0} | {ranks.Count:N0} | {name} | {Within(1):0.000} | {Within(3):0.000} | {Within(8):0.000} | {reciprocal:0.000} | {At(0.5):0.0} | {At(0.99):0.0} |"));
    }
}
