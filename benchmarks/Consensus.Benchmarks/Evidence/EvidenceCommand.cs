using System.CommandLine;
using System.Globalization;

namespace Consensus.Benchmarks.Evidence;

/// <summary>
/// <c>evidence</c>: what the evidence store takes to fill, open, search and clear, beside SQLite with FTS5 doing the same, and on
/// PostgreSQL where a database is given: the same documents, one durable transaction each, the same questions.
/// </summary>
internal sealed class EvidenceCommand : RootCommand
{
    private readonly Option<int[]> _passages = new("--passages")
    {
        Description = "About how many passages; several sizes may be given.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [1_000, 10_000, 100_000],
    };

    private readonly Option<int> _queries = new("--queries") { Description = "Searches of each size.", DefaultValueFactory = static _ => 500 };
    private readonly Option<int> _seed = new("--seed") { Description = "Draws documents and questions.", DefaultValueFactory = static _ => 1 };

    private readonly Option<string?> _postgres = new("--postgres") { Description = "The connection string of a database whose schema evidence is emptied." };

    private readonly Option<bool> _alone = new("--alone") { Description = "Measure PostgreSQL alone." };

    public EvidenceCommand()
        : base("Measure the evidence store beside SQLite with FTS5.")
    {
        foreach (var option in (Option[])[_passages, _queries, _seed, _postgres, _alone])
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        Console.WriteLine("| store | passages | ingest, passages/s | open, ms | first search, ms | search p50, ms | search p99, ms | delete p50, ms | on disk, MB | heap, MB |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var passages in result.GetValue(_passages)!)
        {
            var corpus = new EvidenceCorpus(result.GetValue(_seed), passages, result.GetValue(_queries));
            IMeasuredStore[] files = result.GetValue(_alone) ? [] : [new LiteDbMeasured(), new SqliteMeasured()];
            IMeasuredStore[] servers = result.GetValue(_postgres) is { } database ? [new PostgresMeasured(database)] : [];
            foreach (var store in files.Concat(servers))
            {
                Print(await EvidenceFigures.MeasureAsync(store, corpus, cancellationToken));
            }
        }
    }

    private static void Print(EvidenceFigures of) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {of.Store} | {of.Passages:N0} | {of.PassagesPerSecond:N0} | {of.Open.TotalMilliseconds:N0} | {of.FirstSearch.TotalMilliseconds:N1} | {of.SearchP50:N2} | {of.SearchP99:N2} | {of.DeleteP50:N1} | {of.DiskBytes / 1e6:N1} | {of.HeapBytes / 1e6:N1} |"));
}
