using System.IO.Compression;
using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;

namespace Consensus.Cli.Tests.Benchmarks;

public sealed class JudgesCommandTests : IDisposable
{
    private readonly JudgesSuiteFile _files = new();
    private readonly CapturedTerminal _terminal = new();

    [Fact]
    public async Task APanelWhoseJudgesErrApartBeatsItsBestJudge()
    {
        var report = await MeasureAsync(_files.WritePanel("panel.jsonl", 160));
        var plain = Assert.Single(report.Strategies);
        Assert.Equal(("panel", 160, 20, "Plain", 160), (report.Suite, report.Pairs, report.Splits, plain.Strategy, plain.Pairs));
        Assert.Equal((1, 1, 0, 0), (plain.Majority, plain.BothOrders, plain.FlipRate, plain.FellBack));
        Assert.True(plain.Anchored > 0.95 && plain.Best.Accuracy < 0.85, $"{plain.Anchored} {plain.Best.Accuracy}");
        Assert.Equal(plain.Anchored - plain.Best.Accuracy, plain.Gain.Value, 1e-5);
        Assert.InRange(plain.Gain.Value, plain.Gain.Low!.Value, plain.Gain.High!.Value);
        Assert.Equal(["a", "b", "c", "d"], plain.Judges.Select(judge => judge.Judge));
        Assert.All(plain.Judges, judge => Assert.Equal((0.75, 0.0, 0.5, 0.0), (judge.Accuracy, judge.FlipRate, judge.FirstShown, judge.Unusable)));
    }

    [Fact]
    public async Task TheOrderOfRowsAndTheirCompressionDoNotShow()
    {
        var path = _files.WritePanel("panel.jsonl", 80);
        var lines = await File.ReadAllLinesAsync(path, Cancelled);
        var (given, turned) = (await MeasureAsync(path), await MeasureAsync(_files.Write("panel2.jsonl", [.. lines.Reverse()])));
        Assert.NotEqual(given.Sha256, turned.Sha256);
        Assert.Equal(Json(given), Json(turned with { Suite = given.Suite, Sha256 = given.Sha256 }));

        await using (var target = new GZipStream(File.Create(_files.PathOf("panel.jsonl.gz")), CompressionLevel.Fastest))
        {
            await target.WriteAsync(await File.ReadAllBytesAsync(path, Cancelled), Cancelled);
        }

        Assert.Equal(Json(given), Json(await MeasureAsync(_files.PathOf("panel.jsonl.gz"))));
    }

    [Fact]
    public async Task SavedWeightsAreScoredOnAnotherSuiteAndWarnedOfOnTheirOwn()
    {
        var (own, other) = (_files.WritePanel("own.jsonl", 160), _files.WritePanel("other.jsonl", 120));
        var saved = _files.PathOf("weights.json");
        Assert.Equal(0, await _terminal.RunAsync("bench", "judges", own, "--save", saved));
        var report = await MeasureAsync(other, "--fitted", saved);
        Assert.Equal((0, false, "weights.json"), (report.Splits, report.Fitted!.InSample, report.Fitted.File));
        Assert.Equal((1, 0.75), (report.Strategies[0].Anchored, report.Strategies[0].Best.Accuracy));
        Assert.Null(report.Mean.Gain.Low);
        Assert.Empty(_terminal.Error);

        Assert.True((await MeasureAsync(own, "--fitted", saved)).Fitted!.InSample);
        Assert.Contains("in-sample", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutJsonATableIsPrinted()
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "judges", _files.WritePanel("panel.jsonl", 80)));
        Assert.Contains("means over 20 random halves", _terminal.Out, StringComparison.Ordinal);
        Assert.Matches(@"Plain +80 ", _terminal.Out);
        Assert.Contains("gain of the anchored weights over the best judge: +", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStrategyOfFewPairsIsLeftOutAndSaidSo()
    {
        var lines = await File.ReadAllLinesAsync(_files.WritePanel("panel.jsonl", 80), Cancelled);
        var report = await MeasureAsync(_files.Write("more.jsonl", [.. lines, JudgesSuiteFile.Pair("z", 1, ("a", "Rare", 1))]));
        Assert.Equal(["Plain"], report.Strategies.Select(s => s.Strategy));
        Assert.Equal(["Rare"], report.LeftOut.Select(s => s.Strategy));
    }

    [Theory]
    [InlineData("", "has no pairs")]
    [InlineData("""{"id":"1","gold":3,"judgements":[]}""", "pair 1: gold is 3, not 1 or 2")]
    [InlineData("""{"id":"1","gold":1,"judgements":[{"judge":"j","strategy":"s","order":"ab","vote":7}]}""", "j votes 7, not 1, 2 or null")]
    [InlineData("""{"id":"1","gold":1,"judgements":[{"judge":"j","strategy":"s","order":"ab","vote":1},{"judge":"j","strategy":"s","order":"ab","vote":2}]}""", "twice with s in the order ab")]
    [InlineData("""{"id":"1","gold":1,"judgements":[]}""", "no prompt strategy has the 40 pairs")]
    [InlineData("""{"id":"1","gold":1,"judgements":[{"judge":"j","strategy":"s","order":"xy","vote":1}]}""", "line 1")]
    [InlineData("""{"id":"1","gold":1,"judgements":[{"judge":"j","strategy":"s","vote":1}]}""", "order")]
    [InlineData("""{"id":"1","gold":1,"judgements":[null]}""", "none of them is null")]
    [InlineData("""{"id":null,"gold":1,"judgements":[]}""", "none of them is null")]
    [InlineData("not json", "line 1")]
    public async Task AnUnusableSuiteIsRefusedWithItsReason(string line, string reason)
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "judges", _files.Write("bad.jsonl", line)));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
        Assert.Empty(_terminal.Out);
    }

    [Fact]
    public async Task TwoPairsOfOneIdAreRefused()
    {
        var pair = JudgesSuiteFile.Pair("1", 1, ("a", "s", 1));
        Assert.Equal(1, await _terminal.RunAsync("bench", "judges", _files.Write("bad.jsonl", pair, pair)));
        Assert.Contains("two pairs of this id", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "holds no fitted weights")]
    [InlineData("""{"version":9,"suite":"s","sha256":"","strategies":[]}""", "is of version 9; 1 is known")]
    [InlineData("""{"version":1,"suite":"s","sha256":"","strategies":[null]}""", "each judge has one weight")]
    [InlineData("""{"version":1,"suite":"s","sha256":"","strategies":null}""", "each prompt strategy has its weights once")]
    [InlineData("""{"version":1,"suite":"s","sha256":"","strategies":[]}""", "weights of none of the prompt strategies")]
    public async Task UnusableWeightsAreRefusedWithTheReason(string weights, string reason)
    {
        var suite = _files.WritePanel("panel.jsonl", 80);
        Assert.Equal(1, await _terminal.RunAsync("bench", "judges", suite, "--fitted", _files.Write("weights.json", weights)));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingFileIsAnError()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "judges", _files.PathOf("none.jsonl")));
        Assert.Contains("none.jsonl", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FittedAndSaveExcludeEachOther()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "judges", "s", "--fitted", "a", "--save", "b"));
        Assert.Contains("give one of the two", _terminal.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Json(JudgesReport report) => JsonSerializer.Serialize(report, ConsensusJson.Default.JudgesReport);

    private async Task<JudgesReport> MeasureAsync(string suite, params string[] more)
    {
        var target = _files.PathOf("report.json");
        Assert.Equal(0, await _terminal.RunAsync(["bench", "judges", suite, "--json", target, .. more]));
        return JsonSerializer.Deserialize(await File.ReadAllTextAsync(target, Cancelled), ConsensusJson.Default.JudgesReport)!;
    }
}
