using System.Text.Json;

namespace Consensus.Cli.Tests.Benchmarks.Answers;

public sealed class RunCommandTests : IDisposable
{
    private readonly SuiteWriter _suites = new();
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _suites.Dispose();

    /// <summary>Right; a tie of three, one of them right; wrong; right with a failed call.</summary>
    private static string[] Four =>
    [
        SuiteWriter.Row("q1", "4", "x", ["4", "four", "The answer is 4."]),
        SuiteWriter.Row("q2", "5", "y", ["5", "6", "7"]),
        SuiteWriter.Row("q3", "8", "y", ["9", "9", "8"]),
        SuiteWriter.Row("q4", "2", null, ["2", "2", null]),
    ];

    [Fact]
    public async Task EveryFigureOfASmallSuiteIsAsCountedByHand()
    {
        using var result = await RunAsync(_suites.Write("small.jsonl", Four));
        var root = result.RootElement;
        SchemaCheck.Validates("bench-run", root);
        Assert.Equal("small", root.GetProperty("suite").GetString());
        Assert.Equal("majority", root.GetProperty("strategy").GetString());
        Assert.Equal(4, Number(root, "items"));
        Assert.Equal((1 + (1.0 / 3) + 0 + 1) / 4, Number(root, "accuracy", "value"), 1e-6);
        Assert.Equal("a", root.GetProperty("bestSingle").GetProperty("model").GetString());
        Assert.Equal(.75, Number(root, "bestSingle", "accuracy"));
        Assert.Equal((.75 + .5 + .5) / 3, Number(root, "meanSingle"), 1e-6);
        Assert.Equal(1, Number(root, "ceiling"));
        // Scores 3, 1, 2, 2 votes; right to 1, 1/3, 0, 1: (5/3 + 7/6 + 1/9) of 7/3 · 5/3 pairs.
        Assert.Equal(((5.0 / 3) + (7.0 / 6) + (1.0 / 9)) / (7.0 / 3 * 5 / 3), Number(root, "auroc"), 1e-6);
        Assert.Equal((3, 3), (Number(root, "calls", "mean"), Number(root, "calls", "of")));
        Assert.Equal((0, 1), (Number(root, "extractionFailures", "a"), Number(root, "extractionFailures", "c")));
        Assert.Equal((1 + 0) / 6.0, Number(root, "byCategory", "y", "accuracy", "value"), 1e-6);
        Assert.Equal(.25, Number(root, "stability", "contested", "share"));
        Assert.Equal(1 / 3.0, Number(root, "stability", "contested", "accuracy"), 1e-6);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("latencyMs").ValueKind);
        Assert.True(Number(root, "perQuestionMicroseconds") > 0);
        Assert.Equal(["q1", "q2", "q3", "q4"], root.GetProperty("questions").EnumerateArray().Select(static q => q.GetProperty("id").GetString()!));
        Assert.Equal("no_consensus", root.GetProperty("questions")[1].GetProperty("outcome").GetString());
        // Jeffreys' prior over the winner and K_eff alternatives: fewer votes, less confidence, also where the outcome has no winner.
        var confidence = root.GetProperty("questions").EnumerateArray().Select(static q => q.GetProperty("confidence").GetDouble()).ToArray();
        Assert.True(confidence[0] > confidence[2] && confidence[2] > confidence[1] && confidence[1] > 0);
        Assert.Equal(confidence[2], confidence[3]);
        Assert.Equal("", _terminal.Error);
    }

    [Fact]
    public async Task SeveralSuitesAreAnArrayAndAGzippedOneIsTheSameData()
    {
        var (plain, zipped) = (_suites.Write("one.jsonl", Four), _suites.Write("two.jsonl.gz", Four));
        using var result = await RunAsync(plain, zipped);
        SchemaCheck.Validates("bench-run", result.RootElement);
        Assert.Equal(["one", "two"], result.RootElement.EnumerateArray().Select(static r => r.GetProperty("suite").GetString()!));
        Assert.Single(result.RootElement.EnumerateArray().Select(static r => r.GetProperty("dataSha256").GetString()).Distinct());
    }

    [Fact]
    public async Task AnEarlyStopAsksNoMoreThanItNeeds()
    {
        // P(lead) after two equal answers is 0.875; after three 0.9375.
        var suite = _suites.Write("stop.jsonl", SuiteWriter.Row("q1", "4", "4", "4", "5", "5", "5"), SuiteWriter.Row("q2", "4", "4", "5", "4", "4", "5"));
        using var result = await RunAsync(suite, "--stop", "0.8");
        Assert.Equal([2, 4], result.RootElement.GetProperty("questions").EnumerateArray().Select(static q => q.GetProperty("calls").GetInt32()));
        Assert.Equal((3, 5), (Number(result.RootElement, "calls", "mean"), Number(result.RootElement, "calls", "of")));
        Assert.Equal(1, Number(result.RootElement, "accuracy", "value"));
        // Members count whether they were asked or not.
        Assert.Equal((1 + .5 + .5 + .5 + 0) / 5, Number(result.RootElement, "meanSingle"), 1e-6);
    }

    [Fact]
    public async Task ShufflingChangesWhoIsAskedAndTheSameSeedAsksTheSame()
    {
        var suite = _suites.Write("shuffle.jsonl", Enumerable.Range(0, 40).Select(static i => SuiteWriter.Row($"q{i}", "4", "4", "4", "5", "5", "5")));
        using var plain = await RunAsync(suite, "--stop", "0.8");
        using var shuffled = await RunAsync(suite, "--stop", "0.8", "--shuffle", "7");
        using var again = await RunAsync(suite, "--stop", "0.8", "--shuffle", "7");
        using var whole = await RunAsync(suite, "--shuffle", "7");
        Assert.Equal(1, Number(plain.RootElement, "accuracy", "value"));
        Assert.True(Number(shuffled.RootElement, "accuracy", "value") < 1);
        Assert.Equal(shuffled.RootElement.GetProperty("questions").ToString(), again.RootElement.GetProperty("questions").ToString());
        Assert.Equal(0, Number(whole.RootElement, "accuracy", "value"));
    }

    [Fact]
    public async Task OnlyTheFirstQuestionsUpToALimitAreRead()
    {
        using var result = await RunAsync(_suites.Write("small.jsonl", [.. Four, "no JSON"]), "--limit", "2");
        Assert.Equal(2, Number(result.RootElement, "items"));
    }

    [Fact]
    public async Task AShownAnswerOfADetectedKindIsReadUnderTheDeclaredOne()
    {
        var row = """{"id":"q","kind":"text","question":"?","gold":"42","responses":[{"model":"a","text":"42"},{"model":"b","text":"42"}]}""";
        using var result = await RunAsync(_suites.Write("auto.jsonl", row), "--kind", "auto");
        Assert.Equal(1, Number(result.RootElement, "accuracy", "value"));
        Assert.Equal("auto", result.RootElement.GetProperty("options").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task PeopleGetATable()
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "run", _suites.Write("small.jsonl", Four)));
        Assert.Matches(@"accuracy\s+0\.583", _terminal.Out);
        Assert.Matches(@"calls a question\s+3\.00 of 3", _terminal.Out);
    }

    [Fact]
    public async Task WhereSomebodyWatchesTheWorkIsShown()
    {
        var watched = new CapturedTerminal(watched: true);
        Assert.Equal(0, await watched.RunAsync("bench", "run", _suites.Write("watched.jsonl", Four), "--json", _suites.PathOf("out.json")));
        Assert.Contains("watched", watched.Out, StringComparison.Ordinal);
        Assert.Contains("100%", watched.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "has no questions")]
    [InlineData("no JSON", "line 1")]
    [InlineData("""{"id":"x"}""", "line 1")]
    [InlineData("""{"id":"x","kind":"colour","question":"?","gold":"1","responses":[{"model":"a","text":"1"}]}""", "the kind \"colour\" is none of")]
    [InlineData("""{"id":"x","kind":"number","question":"?","gold":"many","responses":[{"model":"a","text":"1"}]}""", "cannot be read as number")]
    [InlineData("""{"id":"x","kind":"number","question":"?","gold":"1","responses":[]}""", "no responses")]
    [InlineData("""{"id":"x","kind":"number","question":"?","gold":"1","responses":null}""", "no responses")]
    [InlineData("""{"id":"x","kind":"choice","question":"?","gold":"A","responses":[{"model":"a","text":"A"}]}""", "two choices")]
    public async Task AnUnusableSuiteIsAnErrorWithItsReason(string row, string reason)
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", _suites.Write("bad.jsonl", row), "--json", "-"));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", _terminal.Out);
    }

    [Theory]
    [InlineData("--strategy", "astrology", "majority")]
    [InlineData("--stop", "0.5", "above 0.5 and below 1")]
    [InlineData("--stop", "1", "above 0.5 and below 1")]
    [InlineData("--limit", "0", "at least 1")]
    [InlineData("--target", "1", "between 0 and 1")]
    [InlineData("--kind", "number", "declared")]
    public async Task AnUnusableOptionIsAnErrorThatSaysWhatIsAllowed(string option, string value, string reason)
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", _suites.Write("small.jsonl", Four), option, value));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingFileAndAnIdThatComesTwiceAreErrors()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", _suites.PathOf("none.jsonl")));
        Assert.Contains("none.jsonl", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _terminal.RunAsync("bench", "run", _suites.Write("twice.jsonl", Four[0], Four[0])));
        Assert.Contains("two questions have the id \"q1\"", _terminal.Error, StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> RunAsync(params string[] args)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync(["bench", "run", .. args, "--json", "-"]));
        return JsonDocument.Parse(terminal.Out);
    }

    private static double Number(JsonElement root, params string[] path) => path.Aggregate(root, static (element, name) => element.GetProperty(name)).GetDouble();
}
