using System.Diagnostics;
using System.Text.Json.Nodes;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks.Answers;

public sealed class ResumingTests : IDisposable
{
    private static readonly ReplayOptions Plain = new("majority", false, null, null, null);

    private readonly SuiteWriter _suites = new();
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _suites.Dispose();

    [Fact]
    public async Task AStoppedRunIsTakenUpAndComesToTheSame()
    {
        var (path, output) = (_suites.Write("half.jsonl", SuiteWriter.Rows(200, wrong: 20)), _suites.PathOf("out.json"));
        await StopHalfwayAsync(path, output);
        Assert.False(File.Exists(output));
        // The stop may have come in the middle of a line.
        await File.AppendAllTextAsync(output + ".partial", "\n{\"key\":\"", TestContext.Current.CancellationToken);

        Assert.Equal(0, await _terminal.RunAsync("bench", "run", path, "--json", output));
        Assert.Contains("half: resuming, 128 of 200 questions are done.", _terminal.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output + ".partial"));

        var fresh = _suites.PathOf("fresh.json");
        Assert.Equal(0, await _terminal.RunAsync("bench", "run", path, "--json", fresh));
        Assert.Equal(WithoutTimes(fresh), WithoutTimes(output));
        Assert.Equal(["fresh.json", "half.jsonl", "out.json"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task OtherOptionsAndOtherDataTakeNothingUp()
    {
        var (path, output) = (_suites.Write("half.jsonl", SuiteWriter.Rows(200, wrong: 20)), _suites.PathOf("out.json"));
        await StopHalfwayAsync(path, output);
        Assert.Equal(0, await _terminal.RunAsync("bench", "run", path, "--json", output, "--strategy", "weighted"));
        Assert.Equal("", _terminal.Error);

        await StopHalfwayAsync(path, output);
        _suites.Write("half.jsonl", SuiteWriter.Rows(200, wrong: 21));
        Assert.Equal(0, await _terminal.RunAsync("bench", "run", path, "--json", output));
        Assert.Equal("", _terminal.Error);
    }

    [Fact]
    public async Task ASignalStopsWithNothingHalfWritten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill command to send the signal with.");
        var (path, output) = (_suites.Write("long.jsonl", SuiteWriter.Rows(100_000, wrong: 20)), _suites.PathOf("out.json"));
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "bench", "run", path, "--json", output])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await Eventually.HoldsAsync(() => new FileInfo(output + ".partial") is { Exists: true, Length: > 0 } || process.HasExited, "the first results are kept");

        // SIGTERM takes the same way as Ctrl-C, and no shell starts its children with it ignored.
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("the same command takes up what is done", error, StringComparison.Ordinal);
        Assert.Equal(["long.jsonl", "out.json.partial"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName).Order());
    }

    private static async Task StopHalfwayAsync(string path, string output)
    {
        var suite = AnswerSuite.Read(path);
        using var stop = new CancellationTokenSource();
        using var partial = PartialResults.Beside(output);
        var done = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SuiteRun.RunAsync(suite, SuiteRun.Replay(Plain), partial.Known("none"), portion =>
        {
            partial.Add(PartialResults.KeyOf(suite, Plain), portion);
            if ((done += portion.Count) >= 100)
            {
                stop.Cancel();
            }
        }, new ParallelOptions { CancellationToken = stop.Token }));
    }

    private static string WithoutTimes(string path)
    {
        var result = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.True(result.Remove("perQuestionMicroseconds"));
        return result.ToJsonString();
    }
}
