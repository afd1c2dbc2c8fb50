using System.Text.Json;
using Consensus.Cli.Tests.Benchmarks;
using Consensus.Cli.Tests.Benchmarks.Answers;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Gating;

public sealed class GateCommandTests : IDisposable
{
    private readonly SuiteWriter _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task TheSameStrategyOnTheSameSuitePasses()
    {
        var (suite, baseline) = await BaselineAsync(SuiteWriter.Rows(400, wrong: 20));
        var (code, report, error) = await GateAsync(baseline, suite);
        Assert.Equal((0, "pass", ""), (code, Outcome(report), error));
        SchemaCheck.Validates("gate", report);
        Assert.Equal((0, 0), Discordance(report));
        Assert.Equal(1, Metric(report, "accuracy").GetProperty("p").GetDouble());
    }

    [Fact]
    public async Task AWorsenedStrategyOnTheSameSuiteFails()
    {
        // Two of five models are wrong together: who stops after them has lost what the other three would have righted.
        var (suite, baseline) = await BaselineAsync(Enumerable.Range(0, 300).Select(static i => i < 30
            ? SuiteWriter.Row($"q{i}", "4", "5", "5", "4", "4", "4")
            : SuiteWriter.Row($"q{i}", "4", "4", "4", "4", "4", "5")));
        var (code, report, _) = await GateAsync(baseline, suite, "--stop", "0.8");
        Assert.Equal((1, "fail"), (code, Outcome(report)));
        Assert.Equal("fail", Metric(report, "accuracy").GetProperty("outcome").GetString());
        Assert.Equal((30, 0), Discordance(report));
        Assert.Equal(Math.Pow(.5, 29), Metric(report, "accuracy").GetProperty("p").GetDouble(), 1e-12);
        Assert.Equal("pass", Metric(report, "calls").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task ABaselineWhoseAnswersAreBetterFailsAndTheChangeIsSaid()
    {
        var (suite, baseline) = await BaselineAsync(SuiteWriter.Rows(400, wrong: 20));
        _files.Write("s.jsonl", SuiteWriter.Rows(410, wrong: 80).Skip(10));
        var (code, report, error) = await GateAsync(baseline, suite);
        Assert.Equal((1, "fail"), (code, Outcome(report)));
        Assert.True(report.GetProperty("suites")[0].GetProperty("changed").GetBoolean());
        Assert.Equal(390, report.GetProperty("suites")[0].GetProperty("items").GetInt32());
        Assert.Contains("s has changed since the baseline", error, StringComparison.Ordinal);
        Assert.Contains("compared on the 390 questions that both have", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASampleThatIsTooSmallToShowAnythingIsInconclusive()
    {
        var (suite, baseline) = await BaselineAsync(SuiteWriter.Rows(400, wrong: 20));
        var (code, report, _) = await GateAsync(baseline, suite, "--limit", "50");
        Assert.Equal((2, "inconclusive"), (code, Outcome(report)));
        Assert.Equal("only 50 questions; 200 are needed to pass", Metric(report, "accuracy").GetProperty("why").GetString());

        // Four more wrong of 400: the interval of the difference holds −0.01.
        _files.Write("s.jsonl", SuiteWriter.Rows(400, wrong: 24));
        var (noisy, _, _) = await GateAsync(baseline, suite, "--thresholds", Thresholds("""{"margins":{"accuracy":0.01}}"""));
        Assert.Equal(2, noisy);
    }

    [Fact]
    public async Task OnlyMetricsWithAMarginDecide()
    {
        var (suite, baseline) = await BaselineAsync(SuiteWriter.Rows(400, wrong: 20));
        _files.Write("s.jsonl", SuiteWriter.Rows(400, wrong: 80));
        const string Only = """{"margins":{"accuracy":null,"auroc":null,"ece":null,"brier":null,"calls":0.01,"coverage":0.1},"replicates":500}""";
        using (var document = JsonDocument.Parse(Only))
        {
            SchemaCheck.Validates("gate-thresholds", document.RootElement);
        }

        var (code, report, _) = await GateAsync(baseline, suite, "--thresholds", Thresholds(Only));
        Assert.Equal(0, code);
        var metrics = report.GetProperty("suites")[0].GetProperty("metrics").EnumerateArray();
        Assert.Equal(["coverage", "calls"], metrics.Select(static metric => metric.GetProperty("metric").GetString()!));
    }

    [Fact]
    public async Task WhereAllIsRightARankingIsNotMeasuredAndDecidesNothing()
    {
        var (suite, baseline) = await BaselineAsync(SuiteWriter.Rows(300, wrong: 0));
        var (code, report, _) = await GateAsync(baseline, suite);
        Assert.Equal(0, code);
        Assert.Equal("not_measured", Metric(report, "auroc").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task PeopleGetATableThatSaysWhy()
    {
        var (suite, baseline) = await BaselineAsync(SuiteWriter.Rows(400, wrong: 20));
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync("gate", suite, "--baseline", baseline));
        Assert.Matches(@"accuracy\s+0\.950\s+0\.950\s+0\.000\s+0\.000 to 0\.000\s+pass\s+the interval lies above −0\.02; 0 lost, 0 won, McNemar p = 1", terminal.Out);
    }

    [Theory]
    [InlineData("NO SUITE", "none.jsonl")]
    [InlineData("NO BASELINE", "none.json")]
    [InlineData("OTHER SUITE", "The baseline has no suite other; it has s.")]
    [InlineData("OTHER IDS", "no question is in both")]
    [InlineData("NO JSON", "is no baseline")]
    [InlineData("OTHER JSON", "is no baseline")]
    [InlineData("THRESHOLDS", "\"charm\" is none of accuracy")]
    [InlineData("THRESHOLDS MEMBER", "margin")]
    [InlineData("STRATEGY", "majority")]
    [InlineData("NOTHING", "--baseline names the file")]
    public async Task WhatCannotBeComparedNeverLooksLikeAFailedGate(string trouble, string reason)
    {
        var (suite, baseline) = await BaselineAsync(SuiteWriter.Rows(10, wrong: 1));
        if (trouble == "OTHER IDS")
        {
            _files.Write("s.jsonl", SuiteWriter.Row("another", "4", "4"));
        }

        string[] args = trouble switch
        {
            "NO SUITE" => [_files.PathOf("none.jsonl"), "--baseline", baseline],
            "NO BASELINE" => [suite, "--baseline", _files.PathOf("none.json")],
            "OTHER SUITE" => [_files.Write("other.jsonl", SuiteWriter.Rows(3, 0)), "--baseline", baseline],
            "NO JSON" => [suite, "--baseline", suite + ".gz"],
            "OTHER JSON" => [suite, "--baseline", _files.Write("b.json", """{"schemaVersion":1,"suites":[{"suite":"s"}]}""")],
            "THRESHOLDS" => [suite, "--baseline", baseline, "--thresholds", Thresholds("""{"margins":{"charm":1}}""")],
            "THRESHOLDS MEMBER" => [suite, "--baseline", baseline, "--thresholds", Thresholds("""{"margin":{}}""")],
            "STRATEGY" => [suite, "--baseline", baseline, "--strategy", "astrology"],
            "NOTHING" => [suite],
            _ => [suite, "--baseline", baseline],
        };
        if (trouble == "NO JSON")
        {
            _files.Write("s.jsonl.gz", "no JSON");
        }

        var terminal = new CapturedTerminal();
        Assert.Equal(3, await terminal.RunAsync(["gate", .. args]));
        Assert.Contains(reason, terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", terminal.Out);
    }

    [Fact]
    public async Task TheCommittedSuitePassesItsCommittedBaselineByTheCommittedRule()
    {
        var (code, report, error) = await GateAsync(
            Path.Combine(Repository.Root, "benchmarks", "baselines", "everyday.json"), Path.Combine(Repository.Root, "benchmarks", "suites", "everyday.jsonl"));
        Assert.Equal((0, "pass", ""), (code, Outcome(report), error));
        Assert.False(report.GetProperty("suites")[0].GetProperty("changed").GetBoolean());
    }

    private string Thresholds(string json) => _files.Write("thresholds.json", json);

    private async Task<(string Suite, string Baseline)> BaselineAsync(IEnumerable<string> rows)
    {
        var (suite, baseline) = (_files.Write("s.jsonl", rows), _files.PathOf("baseline.json.gz"));
        Assert.Equal(0, await new CapturedTerminal().RunAsync("gate", suite, "--write-baseline", baseline));
        return (suite, baseline);
    }

    private static async Task<(int Code, JsonElement Report, string Error)> GateAsync(string baseline, string suite, params string[] args)
    {
        var terminal = new CapturedTerminal();
        var code = await terminal.RunAsync(["gate", suite, "--baseline", baseline, "--json", "-", .. args]);
        using var report = JsonDocument.Parse(terminal.Out);
        return (code, report.RootElement.Clone(), terminal.Error);
    }

    private static string? Outcome(JsonElement report) => report.GetProperty("outcome").GetString();

    private static (int Lost, int Won) Discordance(JsonElement report) =>
        (Metric(report, "accuracy").GetProperty("lost").GetInt32(), Metric(report, "accuracy").GetProperty("won").GetInt32());

    private static JsonElement Metric(JsonElement report, string name) =>
        report.GetProperty("suites")[0].GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == name);
}
