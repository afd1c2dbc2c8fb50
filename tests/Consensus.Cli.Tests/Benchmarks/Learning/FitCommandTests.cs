using System.Text.Json;
using Consensus.Cli.Tests.Benchmarks.Answers;
using Consensus.Core.Numerics;
using Consensus.Storage.Fitting;

namespace Consensus.Cli.Tests.Benchmarks.Learning;

public sealed class FitCommandTests : IDisposable
{
    private readonly SuiteWriter _suites = new();
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _suites.Dispose();

    [Fact]
    public async Task WhatIsLearnedBeatsPluralityInAReplay()
    {
        var (suite, fitted) = (Write(300), _suites.PathOf("fitted.json"));
        Assert.Equal(0, await _terminal.RunAsync("bench", "fit", suite, "--out", fitted));
        Assert.Contains("learned decides", _terminal.Out, StringComparison.Ordinal);
        Assert.Contains("95 % interval", _terminal.Out, StringComparison.Ordinal);

        var state = FittedReader.Read(await File.ReadAllTextAsync(fitted, TestContext.Current.CancellationToken)).State!;
        Assert.True(Assert.Single(state.Panels).Fit.Learned!.Guard.Adopted);

        using var learned = await RunAsync(suite, "--strategy", "learned", "--fitted", fitted);
        using var majority = await RunAsync(suite);
        Assert.True(Accuracy(learned) > Accuracy(majority) + 0.1, $"{Accuracy(learned)} against {Accuracy(majority)}");
        Assert.Equal(state.Version, learned.RootElement.GetProperty("options").GetProperty("fitted").GetString());
        Assert.All(learned.RootElement.GetProperty("questions").EnumerateArray(), static q => Assert.InRange(q.GetProperty("calibrated").GetDouble(), 0, 1));
        Assert.All(majority.RootElement.GetProperty("questions").EnumerateArray(), static q => Assert.Equal(JsonValueKind.Null, q.GetProperty("calibrated").ValueKind));
    }

    [Fact]
    public async Task TheBestModelIsAskedFirst()
    {
        var (suite, fitted) = (Write(300), _suites.PathOf("fitted.json"));
        Assert.Equal(0, await _terminal.RunAsync("bench", "fit", suite, "--out", fitted));
        using var told = await RunAsync(suite, "--strategy", "learned", "--stop", "0.8", "--fitted", fitted);
        using var blind = await RunAsync(suite, "--stop", "0.8");
        Assert.True(Calls(told) < Calls(blind), $"{Calls(told)} calls are not below {Calls(blind)}.");
    }

    [Fact]
    public async Task AChangedDocumentIsRefusedWithItsReason()
    {
        var (suite, fitted) = (Write(120), _suites.PathOf("fitted.json"));
        Assert.Equal(0, await _terminal.RunAsync("bench", "fit", suite, "--out", fitted));
        var text = await File.ReadAllTextAsync(fitted, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(fitted, text.Replace("\"questions\": 120", "\"questions\": 1200", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", suite, "--fitted", fitted));
        Assert.Contains("refused", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("version", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooFewQuestionsWriteNothing()
    {
        var fitted = _suites.PathOf("fitted.json");
        Assert.Equal(1, await _terminal.RunAsync("bench", "fit", Write(20), "--out", fitted));
        Assert.False(File.Exists(fitted));
        Assert.Contains("Nothing was written", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SplitsOfASmallSuiteNameTheLeast()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "splits", Write(120), "--thirds", "0"));
        Assert.Contains("at least 200 questions", _terminal.Error, StringComparison.Ordinal);
    }

    private static double Accuracy(JsonDocument result) => result.RootElement.GetProperty("accuracy").GetProperty("value").GetDouble();

    private static double Calls(JsonDocument result) => result.RootElement.GetProperty("calls").GetProperty("mean").GetDouble();

    private async Task<JsonDocument> RunAsync(string suite, params string[] options)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync(["bench", "run", suite, "--json", "-", .. options]));
        Assert.Equal(options.Contains("--fitted"), terminal.Error.Contains("in-sample", StringComparison.Ordinal));
        return JsonDocument.Parse(terminal.Out);
    }

    /// <summary>The last of five models is nearly always right; the others seldom, and then alike.</summary>
    private string Write(int count)
    {
        var random = new SeededRandom(9);
        return _suites.Write("made.jsonl", Enumerable.Range(0, count).Select(i => SuiteWriter.Row(
            $"q{i}", "4", [.. Enumerable.Range(0, 5).Select(j => random.NextDouble() < (j == 4 ? 0.95 : 0.4) ? "The answer is 4." : $"The answer is {5 + random.Next(3)}.")])));
    }
}
