using Consensus.Cli.Benchmarks.Claims;
using Consensus.Cli.Benchmarks.Judges;
using Consensus.Contracts.Suites;

namespace Consensus.Cli.Tests.Benchmarks;

public sealed class StoppingTests : IDisposable
{
    private readonly JudgesSuiteFile _files = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task StoppedJudgesSayOneLineAndWriteNothing()
    {
        await _stop.CancelAsync();
        await StopsAsync("judges", _files.WritePanel("panel.jsonl", 80), "--json", _files.PathOf("out.json"), "--save", _files.PathOf("weights.json"));
    }

    [Fact]
    public async Task StoppedClaimsSayOneLineAndWriteNothing()
    {
        await _stop.CancelAsync();
        await StopsAsync("claims", _files.Write("claims.jsonl", Claims("q1"), Claims("q2")), "--json", _files.PathOf("out.json"));
    }

    [Fact]
    public void JudgesStopAfterTheStepThatIsUnderWay()
    {
        var suite = JudgesSuite.Read(_files.WritePanel("panel.jsonl", 80));
        StopsAtOnce(tell => JudgesBench.OnHalves(suite, tell, _stop.Token));
    }

    [Fact]
    public void ScoringFittedJudgesStopsAfterTheStepThatIsUnderWay()
    {
        var suite = TwoStrategies();
        var fitted = FittedFile.Fit(suite, static (_, _) => { }, TestContext.Current.CancellationToken);
        StopsAtOnce(tell => JudgesBench.OfFitted(suite, fitted, "weights.json", tell, _stop.Token));
    }

    [Fact]
    public void FittingJudgesStopsAfterTheStepThatIsUnderWay()
    {
        var suite = TwoStrategies();
        StopsAtOnce(tell => FittedFile.Fit(suite, tell, _stop.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(2_005)]
    public void ClaimsStopInEveryPart(int step)
    {
        var items = Items("q1", "q2");
        var last = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => ClaimsBench.Measure("claims", items, Tell, _stop.Token));
        Assert.Equal(step, last);

        void Tell(int done, int all)
        {
            if ((last = done) == step)
            {
                _stop.Cancel();
            }
        }
    }

    [Fact]
    public void WorkThatIsNotStoppedComesToItsLastStep()
    {
        List<(int Done, int All)> judges = [];
        List<(int Done, int All)> claims = [];
        JudgesBench.OnHalves(JudgesSuite.Read(_files.WritePanel("panel.jsonl", 80)), (done, all) => judges.Add((done, all)), TestContext.Current.CancellationToken);
        // The third response has nothing to be held against.
        ClaimsItem[] items = [.. Items("q1", "q2"), Items("q3")[0] with { Others = [] }];
        ClaimsBench.Measure("claims", items, (done, all) => claims.Add((done, all)), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 20).Select(static done => (done, 20)), judges);
        Assert.All(claims, static told => Assert.Equal(2_007, told.All));
        Assert.Equal(2_007, claims[^1].Done);
    }

    [Fact]
    public async Task ABarIsShownWhereSomebodyWatchesAndNotBesidePrintedJson()
    {
        var suite = _files.WritePanel("panel.jsonl", 80);
        var (watched, printed) = (new CapturedTerminal(watched: true), new CapturedTerminal(watched: true));
        Assert.Equal(0, await watched.RunAsync("bench", "judges", suite, "--json", _files.PathOf("out.json")));
        Assert.Contains("%", watched.Out, StringComparison.Ordinal);
        Assert.Equal(0, await printed.RunAsync("bench", "judges", suite, "--json", "-"));
        Assert.StartsWith("{", printed.Out, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _files.Dispose();
        _stop.Dispose();
    }

    private async Task StopsAsync(string command, string suite, params string[] more)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Cancelled, await terminal.RunAsync(_stop.Token, ["bench", command, suite, .. more]));
        Assert.Equal("Stopped.", terminal.Error.TrimEnd());
        Assert.Equal("", terminal.Out);
        Assert.Equal([suite], Directory.GetFiles(Path.GetDirectoryName(suite)!));
    }

    /// <summary>The suite has one strategy or its work is done one by one: nothing else is under way.</summary>
    private void StopsAtOnce(Action<Action<int, int>> work)
    {
        var told = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => work((done, all) =>
        {
            told++;
            _stop.Cancel();
        }));
        Assert.Equal(1, told);
    }

    private JudgesSuite TwoStrategies() => JudgesSuite.Read(_files.Write(
        "two.jsonl", [.. Enumerable.Range(0, 40).Select(static i => JudgesSuiteFile.Pair($"{i:000}", (i % 2) + 1, ("a", "Plain", 1), ("b", "Rules", 2)))]));

    private ClaimsItem[] Items(params string[] questions) => [.. ClaimsSuite.Read(_files.Write("items.jsonl", [.. questions.Select(Claims)]))];

    private static string Claims(string question) =>
        $$"""
        {"id":"{{question}}/a","question_id":"{{question}}","question":null,"model":"a","response":"Canberra is the capital. It has 9 moons.",
        "claims":[{"text":"Canberra is the capital","label":"supported"},{"text":"Canberra has 9 moons","label":"not_enough"}],
        "others":[{"model":"b","text":"The capital is Canberra."}]}
        """.ReplaceLineEndings(" ");
}
