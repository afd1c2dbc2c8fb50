using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Runs;

namespace Consensus.Benchmarks.RunLogs;

/// <summary><c>writes</c>: stores runs of many callers at once, from one process or, in a database, from several, and measures how many a second and how long each waits.</summary>
internal sealed class WritesCommand : RootCommand
{
    private readonly Option<int> _runs = new("--runs") { Description = "How many runs each process stores.", DefaultValueFactory = static _ => 10_000 };
    private readonly Option<int> _callers = new("--callers") { Description = "How many store at once in each process.", DefaultValueFactory = static _ => 32 };
    private readonly Option<int> _processes = new("--processes") { Description = "How many processes write; more than one only to a database.", DefaultValueFactory = static _ => 1 };
    private readonly Option<string?> _database = new("--database") { Description = "A connection string of an empty PostgreSQL database; by default a file." };
    private readonly Option<bool> _verify = new("--verify") { Description = "Verify the audit trail of the file then, and measure that." };
    private readonly Option<bool> _waits = new("--waits") { Description = "Begin when a line comes in.", Hidden = true };

    public WritesCommand()
        : base("Measure writing to the run log.")
    {
        foreach (var option in (Option[])[_runs, _callers, _processes, _database, _verify, _waits])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(_processes) > 1 && result.GetValue(_database) is null)
            {
                result.AddError("A file has one process that writes.");
            }

            if (result.GetValue(_verify) && result.GetValue(_database) is not null)
            {
                result.AddError("--verify is for a file.");
            }
        });
        SetAction((result, _) => result.GetValue(_processes) > 1 ? ConductAsync(result) : WriteAsync(result));
    }

    /// <summary>Starts the other processes, lets all begin together, and shows what each measured.</summary>
    private async Task ConductAsync(ParseResult result)
    {
        string[] command =
        [
            typeof(WritesCommand).Assembly.Location, "writes", "--waits", "--database", result.GetValue(_database)!,
            "--runs", Text(result.GetValue(_runs)), "--callers", Text(result.GetValue(_callers)),
        ];
        var processes = Enumerable.Range(0, result.GetValue(_processes)).Select(_ => Process.Start(new ProcessStartInfo("dotnet", command)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!).ToList();
        foreach (var process in processes)
        {
            await process.StandardOutput.ReadLineAsync();
        }

        var began = Stopwatch.GetTimestamp();
        foreach (var process in processes)
        {
            await process.StandardInput.WriteLineAsync("begin");
        }

        foreach (var process in processes)
        {
            Console.Write(await process.StandardOutput.ReadToEndAsync());
            await process.WaitForExitAsync();
            process.Dispose();
        }

        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"together {(long)processes.Count * result.GetValue(_runs) / took:0} runs/s"));
    }

    private async Task WriteAsync(ParseResult result)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-writes-");
        try
        {
            await WriteAsync(result, Path.Combine(folder.FullName, RunLogRegistration.FileName));
            if (result.GetValue(_verify))
            {
                Verify(folder.FullName);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task WriteAsync(ParseResult result, string path)
    {
        var (runs, callers) = (result.GetValue(_runs), result.GetValue(_callers));
        await using var log = OpenedLog.Open(path, result.GetValue(_database));
        await StoreAsync(log, callers * 8, callers);
        if (result.GetValue(_waits))
        {
            Console.WriteLine("ready");
            Console.ReadLine();
        }

        var began = Stopwatch.GetTimestamp();
        var took = await StoreAsync(log, runs, callers);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{took.Count} runs, {took.Count / seconds:0} runs/s; a write waits {took[took.Count / 2]:0.0} ms (p50), {took[(int)(took.Count * 0.99)]:0.0} ms (p99)"));
    }

    private static void Verify(string folder)
    {
        var began = Stopwatch.GetTimestamp();
        var report = AuditVerification.Verify(folder, new AuditOptions(), heads: null, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Entries} entries and {report.Runs} runs verified ({(report.Sound ? "sound" : report.Finding?.Message)}) in {seconds:0.0} s; {process.PeakWorkingSet64 / 1e6:0} MB at most"));
    }

    /// <summary>Stores runs; how long each waited until it was durable, in milliseconds, sorted.</summary>
    private static async Task<List<double>> StoreAsync(RunLog log, int runs, int callers)
    {
        ConcurrentBag<double> took = [];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            for (var i = 0; i < runs / callers; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await log.SaveAsync(new RunRecord(Run(), KeyId: null, "benchmark"), CancellationToken.None);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }));
        return [.. took.Order()];
    }

    private static ConsensusResponse Run() => new()
    {
        RunId = Guid.CreateVersion7(),
        Status = RunStatus.Completed,
        Strategy = "majority",
        CreatedAt = DateTimeOffset.UtcNow,
        FinishedAt = DateTimeOffset.UtcNow,
        Request = new StoredRequest { Prompt = "What is 17 * 23?" },
        Candidates = [.. Enumerable.Range(0, 3).Select(static i => new CandidateBody { Id = i, Model = $"sim/model-{i}", Status = CandidateStatus.Answered, Text = "The answer is 391." })],
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
