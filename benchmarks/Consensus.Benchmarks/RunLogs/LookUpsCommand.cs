using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Consensus.Storage.Runs;
using Microsoft.Data.Sqlite;

namespace Consensus.Benchmarks.RunLogs;

/// <summary>
/// <c>look-ups</c>: fills a run log and measures, warm and one at a time, a page of 50 of <c>GET /v1/runs</c> for each filter and for every two and
/// three of them, and a run by its id.
/// </summary>
internal sealed class LookUpsCommand : RootCommand
{
    private readonly Option<long> _runs = new("--runs") { Description = "How many runs.", DefaultValueFactory = static _ => 1_000_000 };
    private readonly Option<int> _times = new("--look-ups") { Description = "Look-ups of each kind.", DefaultValueFactory = static _ => 1_000 };
    private readonly Option<FileInfo?> _file = new("--file") { Description = "Where the log is kept, to measure again; by default it goes with the command." };

    private readonly Option<string?> _database = new("--database") { Description = "A connection string of an empty PostgreSQL database: the same rows are copied there and asked for." };

    public LookUpsCommand()
        : base("Measure look-ups in a large run log.")
    {
        foreach (var option in (Option[])[_runs, _times, _file, _database])
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-look-ups-");
        try
        {
            var path = result.GetValue(_file)?.FullName ?? Path.Combine(folder.FullName, RunLogRegistration.FileName);
            var runs = result.GetValue(_runs);
            var began = Stopwatch.GetTimestamp();
            await FilledLog.FillAsync(path, runs, cancellationToken);
            var database = result.GetValue(_database);
            if (database is not null)
            {
                await CopiedLog.CopyAsync(path, database, cancellationToken);
            }

            await using var log = OpenedLog.Open(path, database);
            await log.ProbeAsync(cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{runs:N0} runs, {log.MeasureBytes() / 1e9:0.00} GB, ready after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s\n"));
            await MeasureAsync(log, path, runs, result.GetValue(_times), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(RunLog log, string path, long runs, int times, CancellationToken cancellationToken)
    {
        Console.WriteLine("| look-up | p50, ms | p99, ms | slowest, ms |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var (name, filter) in LookUpKinds.All(runs))
        {
            await RowAsync(name, times, random => log.ListAsync(filter(random), cancellationToken));
        }

        var ids = Ids(path, runs, times);
        await RowAsync("`GET /v1/runs/{id}`", times, random => log.FindAsync(ids[random.Next(ids.Count)], keyId: null, cancellationToken));
    }

    /// <summary>The values of a filter are drawn, by a seed, for each look-up. All are made twice, and the second time counts: then the pages that they need are in memory.</summary>
    private static async Task RowAsync(string name, int times, Func<Random, Task> lookUp)
    {
        var took = new List<double>(times);
        foreach (var isWarm in (bool[])[false, true])
        {
            var random = new Random(1);
            for (var i = 0; i < times; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await lookUp(random);
                if (isWarm)
                {
                    took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        }

        took.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {took[times / 2]:0.00} | {took[(int)(times * 0.99)]:0.00} | {took[^1]:0.00} |"));
    }

    private static List<Guid> Ids(string path, long runs, int count)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT run_id FROM runs WHERE seq % $step = 0 LIMIT $count";
        command.Parameters.AddWithValue("$step", Math.Max(1, runs / count));
        command.Parameters.AddWithValue("$count", count);
        using var reader = command.ExecuteReader();
        List<Guid> ids = [];
        while (reader.Read())
        {
            ids.Add(new Guid((byte[])reader.GetValue(0), bigEndian: true));
        }

        return ids;
    }
}
