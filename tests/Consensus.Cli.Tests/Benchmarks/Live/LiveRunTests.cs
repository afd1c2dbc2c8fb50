using System.Text.Json;
using Consensus.Cli.Benchmarks.Answers;
using Consensus.Cli.Benchmarks.Live;
using Consensus.Cli.Tests.Benchmarks.Answers;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks.Live;

public sealed class LiveRunTests : CannedApiTests, IDisposable
{
    private const string Ask = "POST /v1/consensus";

    private readonly SuiteWriter _suites = new();
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _suites.Dispose();

    [Fact]
    public async Task TheSystemsAnswersAreHeldAgainstTheRightOnes()
    {
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Verdict()));
        var result = await RunAsync(_suites.Write("live.jsonl", SuiteWriter.Row("right", "391.0", "4"), SuiteWriter.Row("wrong", "401", "4")));
        Assert.Equal(0.5, result.Accuracy.Value);
        Assert.Equal(["right", "wrong"], result.Questions.Select(static question => question.Id));
        Assert.All(result.Questions, static question => Assert.Equal((0.874, Outcome.Consensus, StabilityLevel.Fragile, 5), (question.Confidence, question.Outcome, question.Stability, question.Calls)));
        Assert.Equal(CannedRuns.Models.ToDictionary(static m => m, static m => m == "sim/ember" ? 0 : 0.5), result.ByModel);
        Assert.Equal(2, result.ExtractionFailures["sim/ember"]);
        Assert.True(result.LatencyMs!.P50 > 0);
        Assert.Equal(22_000, result.PerQuestionMicroseconds);
        Assert.Equal([], result.Errors!);
    }

    [Fact]
    public async Task TheQuestionIsAskedAsTheSuiteDeclaresIt()
    {
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Verdict()));
        var row = """{"id":"q","kind":"choice","category":"c","question":"Which?","choices":["one","two"],"gold":"B","responses":[{"model":"a","text":"B"}]}""";
        await RunAsync(_suites.Write("live.jsonl", row), "--models", "sim/a,sim/b", "--strategy", "unanimous");
        var asked = JsonSerializer.Deserialize(Assert.Single(Api.Requests).Body, ConsensusJson.Default.ConsensusRequest)!;
        Assert.Equal("Which?\nA) one\nB) two", asked.Prompt);
        Assert.Equal((AnswerKindName.Choice, "c", "unanimous"), (asked.Answer!.Kind, asked.Category, asked.Strategy));
        Assert.Equal(["one", "two"], asked.Answer.Choices!);
        Assert.Equal(["sim/a", "sim/b"], asked.Models!);
    }

    [Fact]
    public async Task ATieCountsByItsParts()
    {
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Undecided()));
        var result = await RunAsync(_suites.Write("live.jsonl", SuiteWriter.Row("tie", "401", "4")));
        Assert.Equal((0.5, 0.4), (result.Accuracy.Value, result.Questions[0].Confidence));
    }

    [Fact]
    public async Task AFailedRunIsAWrongAnswerAndItsCodeIsCounted()
    {
        FailsAt("bad");
        var result = await RunWithAsync("live: failed runs count as wrong, 1 × panel_failed.", _suites.Write("live.jsonl", Row("bad"), Row("good")));
        Assert.Equal(0.5, result.Accuracy.Value);
        Assert.Equal(new Dictionary<string, int> { ["panel_failed"] = 1 }, result.Errors!);
        Assert.Equal(0.5, result.ByModel["sim/atlas"]);
    }

    [Fact]
    public async Task NothingButFailuresIsNoResult()
    {
        FailsAt("bad");
        var output = _suites.PathOf("out.json");
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "run", _suites.Write("live.jsonl", Row("bad")), "--live", Url, "--json", output));
        Assert.Contains("Every run failed: 1 × panel_failed. No model gave an answer.", _terminal.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task ASystemThatIsNotThereIsAnError()
    {
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "run", _suites.Write("live.jsonl", Row("one")), "--live", "http://127.0.0.1:1"));
        Assert.Contains("http://127.0.0.1:1/ cannot be reached", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusedKeyEndsTheRunAtOnceInOneLine()
    {
        Api.On(Ask, 401, CannedRuns.Problem(ErrorCatalog.Unauthorized), "application/problem+json");
        var path = _suites.Write("live.jsonl", [.. Enumerable.Range(0, 20).Select(static i => Row($"q{i}"))]);
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync("bench", "run", path, "--live", Url, "--concurrency", "1", "--key", "wrong"));
        Assert.Equal($"{Url} does not take the question. A valid key is needed.", _terminal.Error.TrimEnd());
        Assert.Equal("Bearer wrong", Assert.Single(Api.Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task AnUnusableKeyIsRefusedBeforeAnythingIsAsked()
    {
        var terminal = new CapturedTerminal(environment: new() { ["CONSENSUS_API_KEY"] = "schlüssel" });
        Assert.Equal(ExitCodes.Error, await terminal.RunAsync("bench", "run", _suites.Write("live.jsonl", Row("one")), "--live", Url));
        Assert.Contains("characters that a header cannot carry", terminal.Error, StringComparison.Ordinal);
        Assert.Empty(Api.Requests);
    }

    [Fact]
    public async Task AStoppedRunAsksOnlyWhatIsNotDoneYet()
    {
        var (path, output) = (_suites.Write("live.jsonl", Row("one"), Row("two"), Row("three")), _suites.PathOf("out.json"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Api.On(Ask, async context =>
        {
            if (Api.Requests.Count == 3)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            await CannedApi.WriteAsync(context, 200, CannedRuns.Json(CannedRuns.Verdict()), "application/json");
        });
        using (var api = new LiveApi(Api.Address, null) { Concurrency = 1 })
        using (var partial = PartialResults.Beside(output))
        {
            var options = new ReplayOptions("majority", false, null, null, null) { Live = api.Key };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => new SuiteRunner(_terminal.Terminal, options, 0.1, api).RunAsync([AnswerSuite.Read(path)], partial, false, stop.Token));
        }

        // Another panel is another run.
        Api.On(Ask, 200, CannedRuns.Json(CannedRuns.Verdict()));
        var other = _suites.PathOf("other.json");
        File.Copy(output + ".partial", other + ".partial");
        Assert.Equal(ExitCodes.Answer, await _terminal.RunAsync("bench", "run", path, "--live", Url, "--panel", "pair", "--json", other));
        Assert.Equal(("", 6), (_terminal.Error, Api.Requests.Count));

        Assert.Equal(ExitCodes.Answer, await _terminal.RunAsync("bench", "run", path, "--live", Url, "--json", output));
        Assert.Contains("live: resuming, 2 of 3 questions are done.", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("\"three\"", Api.Requests.Skip(6).Single().Body, StringComparison.Ordinal);
        Assert.False(File.Exists(output + ".partial"));
    }

    [Theory]
    [InlineData("--stop is of recorded answers", "--live", "http://127.0.0.1:1", "--stop", "0.9")]
    [InlineData("--shuffle is of recorded answers", "--live", "http://127.0.0.1:1", "--shuffle", "7")]
    [InlineData("--fitted is of recorded answers", "--live", "http://127.0.0.1:1", "--fitted", "f.json")]
    [InlineData("--panel needs --live", "--panel", "pair")]
    public async Task OptionsOfTheOtherWayAreRefused(string reason, params string[] args)
    {
        Assert.Equal(ExitCodes.Error, await _terminal.RunAsync(["bench", "run", _suites.Write("live.jsonl", Row("one")), .. args]));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
    }

    private static string Row(string question) => JsonSerializer.Serialize(new
    {
        id = question,
        kind = "number",
        question,
        gold = "391",
        responses = new[] { new { model = "a", text = "4" } },
    });

    private void FailsAt(string question) => Api.On(Ask, context => Api.Requests.Last().Body.Contains($"\"{question}\"", StringComparison.Ordinal)
        ? CannedApi.WriteAsync(context, 502, CannedRuns.Problem(ErrorCatalog.PanelFailed), "application/problem+json")
        : CannedApi.WriteAsync(context, 200, CannedRuns.Json(CannedRuns.Verdict()), "application/json"));

    private Task<BenchmarkResult> RunAsync(string path, params string[] args) => RunWithAsync("", path, args);

    private async Task<BenchmarkResult> RunWithAsync(string told, string path, params string[] args)
    {
        var code = await _terminal.RunAsync(["bench", "run", path, "--live", Url, "--concurrency", "1", "--json", "-", .. args]);
        Assert.Equal((told, ExitCodes.Answer), (_terminal.Error.TrimEnd(), code));
        using var document = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-run", document.RootElement);
        return document.Deserialize(ConsensusJson.Default.BenchmarkResult)!;
    }
}
