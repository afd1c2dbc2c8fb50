using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Benchmarks.Evidence;

/// <summary>
/// <c>vectors</c>: whether a claim finds the passage that it was written from by words, by vectors of a model, and by both; and how long a look at many vectors
/// takes.
/// </summary>
internal sealed class VectorsCommand : RootCommand
{
    private const int Most = 10;
    private const int BlockPassages = 32;
    private const int Looks = 200;

    private readonly Option<string> _endpoint = new("--embeddings") { Description = "The address of a server with OpenAI's protocol, such as http://localhost:5070/v1." };
    private readonly Option<string> _model = new("--model") { Description = "Its model.", DefaultValueFactory = static _ => "simulated-embedding" };
    private readonly Option<double> _minSimilarity = new("--min-similarity") { Description = "The least cosine.", DefaultValueFactory = static _ => 0.3 };
    private readonly Option<int[]> _passages = new("--passages") { Description = "Numbers of passages to look at.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int[]> _dimensions = new("--dimensions") { Description = "Numbers of a vector there.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [256] };
    private readonly Option<int[]> _stored = new("--stored") { Description = "Numbers of passages to store and search.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _postgres = new("--postgres") { Description = "The connection string of a database whose schema evidence is emptied, to store there too." };
    private readonly Argument<string[]> _suites = new("suites") { Description = "Evidence suites and claims suites.", Arity = ArgumentArity.ZeroOrMore };

    public VectorsCommand()
        : base("Measure how passages are ranked by vectors.")
    {
        Options.Add(_endpoint);
        Options.Add(_model);
        Options.Add(_minSimilarity);
        Options.Add(_passages);
        Options.Add(_dimensions);
        Options.Add(_stored);
        Options.Add(_postgres);
        Arguments.Add(_suites);
        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(_endpoint) is { } endpoint)
        {
            using var model = new EmbeddingEndpoint(endpoint, result.GetValue(_model)!);
            Print("| suite | passages | queries | ranking | first | among 3 | among 8 | MRR@10 | p50, ms | p99, ms |");
            Print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (var path in result.GetValue(_suites)!)
            {
                await RankAsync(path, model, result.GetValue(_minSimilarity), cancellationToken);
            }
        }

        if (result.GetValue(_passages) is { Length: > 0 } passages)
        {
            Print("| passages | numbers | memory, bytes a passage | look at all, p50, ms | p99, ms |");
            Print("| ---: | ---: | ---: | ---: | ---: |");
            foreach (var (count, dimensions) in passages.SelectMany(count => result.GetValue(_dimensions)!.Select(dimensions => (count, dimensions))))
            {
                Look(count, dimensions);
            }
        }

        if (result.GetValue(_stored) is { Length: > 0 } stored)
        {
            Print("| store | passages | numbers | on disk, bytes a passage | stored, passages/s | first search, ms | search p50, ms | most, ms |");
            Print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (var (count, dimensions) in stored.SelectMany(count => result.GetValue(_dimensions)!.Select(dimensions => (count, dimensions))))
            {
                Print(await StoredVectorsMeasured.FileAsync(count, dimensions));
                if (result.GetValue(_postgres) is { } server)
                {
                    Print(await StoredVectorsMeasured.ServerAsync(server, count, dimensions));
                }
            }
        }
    }

    private static async Task RankAsync(string path, EmbeddingEndpoint model, double minSimilarity, CancellationToken cancellationToken)
    {
        var suite = RankingSuite.Read(path);
        var name = Path.GetFileName(path).Split('.')[0];
        using var rankings = await VectorRankings.FillAsync(model, minSimilarity, suite, cancellationToken);
        foreach (var (ranking, search) in rankings.All)
        {
            var (ranks, times) = (new List<int>(), new List<double>());
            foreach (var query in suite.Queries)
            {
                var began = Stopwatch.GetTimestamp();
                var found = await search(query.Text, Most);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                ranks.Add(1 + found.ToList().FindIndex(query.Passages.Contains));
            }

            double Within(int most) => ranks.Count(rank => rank > 0 && rank <= most) / (double)ranks.Count;
            var reciprocal = ranks.Average(static rank => rank == 0 ? 0 : 1.0 / rank);
            times.Sort();
            Print($"| {name} | {rankings.Passages:N0} | {ranks.Count:N0} | {ranking} | {Within(1):0.000} | {Within(3):0.000} | {Within(8):0.000} | {reciprocal:0.000} | {At(times, 0.5):0.0} | {At(times, 0.99):0.0} |");
        }

        var (right, others) = await rankings.CosinesAsync(suite);
        Print($"<!-- {name}: cosines with the right passage p10 {At(right, 0.1):0.00}, p50 {At(right, 0.5):0.00}; with others p50 {At(others, 0.5):0.00}, p99 {At(others, 0.99):0.00} -->");
    }

    private static void Look(int count, int dimensions)
    {
        var random = new Random(5);
        int[] starts = [.. Enumerable.Range(0, BlockPassages).Select(static i => i * 700)];
        var blocks = new List<VectorBlock>();
        for (var i = 0; i < count; i += BlockPassages)
        {
            var numbers = new byte[BlockPassages * dimensions];
            random.NextBytes(numbers);
            blocks.Add(new VectorBlock(i.ToString("D32", CultureInfo.InvariantCulture), starts, dimensions, numbers));
        }

        var times = new List<double>();
        for (var look = 0; look < Looks; look++)
        {
            var query = new QueryVector(new EmbeddingSpace("measured/model"), Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f).ToArray(), 0);
            var began = Stopwatch.GetTimestamp();
            var similar = new SimilarPassages(query, 100);
            blocks.ForEach(similar.Add);
            _ = similar.Found;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        Print($"| {blocks.Count * BlockPassages:N0} | {dimensions:N0} | {blocks.Sum(static block => (long)block.Bytes) / (double)(blocks.Count * BlockPassages):0} | {At(times, 0.5):0.0} | {At(times, 0.99):0.0} |");
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Print(string line) => Console.WriteLine(line);
}
