using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Consensus.Storage.Moving;
using Consensus.Storage.Runs;

namespace Consensus.Benchmarks.RunLogs;

/// <summary><c>moves</c>: fills a run log, moves it to a database as <c>consensus migrate</c> does, and measures filling, catching up and how long the log is sealed.</summary>
internal sealed class MovesCommand : RootCommand
{
    private readonly Option<long> _runs = new("--runs") { Description = "How many runs.", DefaultValueFactory = static _ => 200_000 };
    private readonly Option<string> _database = new("--database") { Description = "A connection string of an empty PostgreSQL database.", Required = true };

    public MovesCommand()
        : base("Measure moving a run log.")
    {
        Options.Add(_runs);
        Options.Add(_database);
        SetAction(RunAsync);
    }

    private async Task RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-moves-");
        try
        {
            var runs = result.GetValue(_runs);
            await FilledLog.FillAsync(Path.Combine(folder.FullName, RunLogRegistration.FileName), runs, cancellationToken);
            using var move = StorageMove.Open(MovePlace.InFolder(folder.FullName), MovePlace.OnServer(result.GetValue(_database)!), TimeProvider.System);
            var before = move.Plan();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs:N0} runs, {before.Bytes / 1e9:0.00} GB, {before.Tables.Sum(static table => table.Source):N0} rows\n"));
            var began = Stopwatch.GetTimestamp();
            var filled = TimeSpan.Zero;
            var caughtUp = move.Run(mayMove: false, progress => filled = progress.Step == "fill" ? Stopwatch.GetElapsedTime(began) : filled, cancellationToken);
            var compared = Stopwatch.GetElapsedTime(began) - filled;
            var moved = move.Run(mayMove: true, told: null, cancellationToken);
            Console.WriteLine("| part | s |\n| --- | --- |");
            Row("filled", filled.TotalSeconds);
            Row(string.Create(CultureInfo.InvariantCulture, $"caught up ({caughtUp.Passes} comparison)"), compared.TotalSeconds);
            Row("sealed", moved.SealedSeconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Row(string part, double seconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {part} | {seconds:0.0} |"));
}
