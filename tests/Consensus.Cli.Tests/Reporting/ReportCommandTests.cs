using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Consensus.Cli.Tests.Benchmarks.Answers;

namespace Consensus.Cli.Tests.Reporting;

public sealed partial class ReportCommandTests : IDisposable
{
    private readonly SuiteWriter _files = new();
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task AReportHasEveryFigureAndDrawing()
    {
        var run = await RunAsync("suite.jsonl", SuiteWriter.Rows(300, wrong: 30), "--stop", "0.8");
        Assert.Equal(0, await _terminal.RunAsync("report", run, "--out", _files.PathOf("out")));
        Assert.Equal(3, _terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var page = Read("report.html");
        string[] titles = [.. Drawings(page).Select(static svg => svg.Elements().First().Value)];
        Assert.Equal(["Calls saved", "Reliability diagram", "Risk against coverage", "Accuracy of the models alone"], titles);
        Assert.Contains("0.900", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("| accuracy | 0.900, 95 % interval", Read("report.md"), StringComparison.Ordinal);
        using var report = JsonDocument.Parse(Read("report.json"));
        Assert.Equal(0.9, report.RootElement.GetProperty("results")[0].GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.Equal(0, report.RootElement.GetProperty("comparisons").GetArrayLength());
    }

    [Fact]
    public async Task ThePageAsksTheNetworkForNothing()
    {
        var run = await RunAsync("suite.jsonl", SuiteWriter.Rows(40, wrong: 5));
        Assert.Equal(0, await _terminal.RunAsync("report", run, "--baseline", run, "--out", _files.PathOf("out")));
        Assert.DoesNotMatch(@"(?i)https?:|src=|href=|url\(|@import|<script|<link|<iframe|<img", Read("report.html"));
    }

    [Fact]
    public async Task ABaselineIsComparedQuestionByQuestion()
    {
        var before = await RunAsync("suite.jsonl", SuiteWriter.Rows(300, wrong: 30));
        File.Move(before, _files.PathOf("before.json"));
        var now = await RunAsync("suite.jsonl", SuiteWriter.Rows(300, wrong: 60));
        Assert.Equal(0, await _terminal.RunAsync("report", now, "--baseline", _files.PathOf("before.json"), "--out", _files.PathOf("out")));
        Assert.Contains("Against the baseline", Drawings(Read("report.html")).Select(static svg => svg.Elements().First().Value));
        Assert.Matches(@"\| accuracy \| 0\.900 \| 0\.800 \| −0\.100 \| .* \| worse; 30 lost, 0 won", Read("report.md"));
        using var report = JsonDocument.Parse(Read("report.json"));
        Assert.Equal("fail", report.RootElement.GetProperty("comparisons")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task CategoriesAreDrawnByAccuracy()
    {
        var run = await RunAsync("suite.jsonl", [SuiteWriter.Row("q1", "4", "hard", ["5", "5"]), SuiteWriter.Row("q2", "4", "easy", ["4", "4"])]);
        Assert.Equal(0, await _terminal.RunAsync("report", run, "--out", _files.PathOf("out")));
        var drawing = Drawings(Read("report.html")).Single(static svg => svg.Elements().First().Value == "Accuracy by category");
        Assert.Equal(["easy", "hard"], drawing.Elements().Where(static e => e.Name == "text" && e.Value is "easy" or "hard").Select(static e => e.Value));
    }

    [Fact]
    public async Task NamesFromASuiteAreTextAndNothingElse()
    {
        const string Hostile = "<script>alert('x')</script>|`*[link](x)\u001b[2J\u202e";
        var row = SuiteWriter.Row("q1", "4", Hostile, ["4", "5"]).Replace("\"model\":\"a\"", "\"model\":" + JsonSerializer.Serialize(Hostile), StringComparison.Ordinal);
        var run = await RunAsync("suite.jsonl", [row]);
        Assert.Equal(0, await _terminal.RunAsync("report", run, "--out", _files.PathOf("out")));
        var (page, text) = (Read("report.html"), Read("report.md"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(Drawings(page), static svg => Assert.Empty(svg.Descendants("script")));
        Assert.Contains(@"\<script\>alert('x')\</script\>\|\`\*\[link\](x)", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', page + text);
        Assert.DoesNotContain('\u202e', page + text);
    }

    [Theory]
    [InlineData("MISSING", "none.json")]
    [InlineData("", "is no result of consensus bench run")]
    [InlineData("{}", "is no result of consensus bench run")]
    [InlineData("[]", "is no result of consensus bench run")]
    [InlineData("[null]", "is no result of consensus bench run")]
    [InlineData("null", "is no result of consensus bench run")]
    [InlineData("VERSION", "version 1")]
    [InlineData("NULL MEMBER", "is no result of consensus bench run")]
    [InlineData("NULL QUESTION", "is no result of consensus bench run")]
    [InlineData("OTHER BASELINE", "The baseline has none of these suites; it has other.")]
    public async Task UnusableInputIsAnErrorWithItsReason(string content, string reason)
    {
        var good = await RunAsync("suite.jsonl", SuiteWriter.Rows(3, wrong: 1));
        var text = await File.ReadAllTextAsync(good, TestContext.Current.CancellationToken);
        string[] args = content switch
        {
            "MISSING" => [_files.PathOf("none.json")],
            "VERSION" => [_files.Write("bad.json", text.Replace("\"schemaVersion\": 1", "\"schemaVersion\": 2", StringComparison.Ordinal))],
            "NULL MEMBER" => [_files.Write("bad.json", Changed(text, static result => result["bestSingle"] = null))],
            "NULL QUESTION" => [_files.Write("bad.json", Changed(text, static result => result["questions"]![0] = null))],
            "OTHER BASELINE" => [good, "--baseline", await RunAsync("other.jsonl", SuiteWriter.Rows(3, wrong: 1))],
            _ => [_files.Write("bad.json", content)],
        };
        Assert.Equal(1, await _terminal.RunAsync(["report", .. args, "--out", _files.PathOf("out")]));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files.PathOf("out")));
    }

    private static string Changed(string json, Action<JsonNode> change)
    {
        var result = JsonNode.Parse(json)!;
        change(result);
        return result.ToJsonString();
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_files.PathOf("out"), name));

    private async Task<string> RunAsync(string suite, IEnumerable<string> rows, params string[] args)
    {
        var output = _files.PathOf(suite + ".json");
        Assert.Equal(0, await new CapturedTerminal().RunAsync(["bench", "run", _files.Write(suite, rows), "--json", output, .. args]));
        return output;
    }

    /// <summary>The drawings, each well-formed and named for those who do not see it.</summary>
    private static XElement[] Drawings(string page)
    {
        XElement[] drawings = [.. Svg().Matches(page).Select(static match => XElement.Parse(match.Value))];
        Assert.All(drawings, static svg =>
        {
            Assert.Equal("img", svg.Attribute("role")?.Value);
            Assert.Equal(svg.Attribute("aria-labelledby")?.Value, string.Join(' ', svg.Elements().Take(2).Select(static e => e.Attribute("id")?.Value)));
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(drawings.Length, drawings.Select(static svg => svg.Attribute("aria-labelledby")?.Value).Distinct().Count());
        return drawings;
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Svg();
}
