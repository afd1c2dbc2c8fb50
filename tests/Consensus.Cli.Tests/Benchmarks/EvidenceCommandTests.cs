using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

public sealed class EvidenceCommandTests : IDisposable
{
    private const string Row = """
        {"id":"bridge","passages":[{"title":"Varn bridge","text":"The bridge was opened in 1990."},{"title":null,"text":"Apples are green."}],
        "claims":[{"text":"The bridge was opened in 1990.","label":"supported","change":"none"},{"text":"The bridge was opened in 1991.","label":"contradicted","change":"number"},
        {"text":"Pupils painted it.","label":"not_enough"}]}
        """;

    private static readonly string Shipped = Path.Combine(Repository.Root, "benchmarks", "suites", "evidence-passages.jsonl");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence");
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("small.jsonl")]
    [InlineData("small.jsonl.gz")]
    public async Task ASuiteIsMeasured(string name)
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "evidence", Suite(name, Row), "--json", "-"));
        using var report = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-evidence", report.RootElement);
        Assert.Equal(("small", 1, 2), (report.RootElement.GetProperty("suite").GetString(), report.RootElement.GetProperty("items").GetInt32(), report.RootElement.GetProperty("passages").GetInt32()));
        var part = Assert.Single(report.RootElement.GetProperty("parts").EnumerateArray());
        Assert.Equal((3, 1.0, 1.0), (part.GetProperty("claims").GetInt32(), part.GetProperty("accuracy").GetDouble(), part.GetProperty("macroF1").GetDouble()));
        Assert.Equal("unknown", part.GetProperty("changes")[1].GetProperty("change").GetString());
    }

    [Fact]
    public async Task PeopleGetATable()
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "evidence", Suite("small.jsonl", Row)));
        Assert.Contains("3 claims against 2 passages of 1 rows", _terminal.Out, StringComparison.Ordinal);
        Assert.Matches(@"accuracy\s+1\.000", _terminal.Out);
        Assert.Matches(@"number\s+contradicted\s+1\s+0\s+1\s+0", _terminal.Out);
    }

    [Theory]
    [InlineData("", "has no rows")]
    [InlineData("{\"id\":\"x\"}", "line 1")]
    [InlineData("no JSON", "line 1")]
    [InlineData("""{"id":"x","passages":[],"claims":[]}""", "has no claims")]
    [InlineData("""{"id":"x","passages":[],"claims":[{"text":"a","label":"perhaps"}]}""", "the label \"perhaps\" is none of supported, contradicted, not_enough, unsupported")]
    public async Task AnUnusableSuiteIsAnErrorWithItsReason(string content, string reason)
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "evidence", Suite("bad.jsonl", content)));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", _terminal.Out);
    }

    [Fact]
    public async Task AClaimsSuiteIsTakenWithTheOtherTextsAsPassages()
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "evidence", SuiteFolder.PathOf("claims-refchecker"), "--json", "-"));
        TestContext.Current.TestOutputHelper?.WriteLine(_terminal.Out);
        using var report = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-evidence", report.RootElement);
        var part = Assert.Single(report.RootElement.GetProperty("parts").EnumerateArray());
        Assert.Equal(("all", 1697), (part.GetProperty("name").GetString(), part.GetProperty("claims").GetInt32()));
        Assert.True(Figure(part, "accuracy") > Figure(part, "majority"));
        Assert.True(Figure(part, "aurocCoverage") > 0.75);
    }

    [Fact]
    public async Task OnTheHeldOutHalfContradictionsAreFoundAndSupportIsSeldomTakenForThem()
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "evidence", Shipped, "--json", "-"));
        TestContext.Current.TestOutputHelper?.WriteLine(_terminal.Out);
        using var report = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-evidence", report.RootElement);
        var parts = report.RootElement.GetProperty("parts").EnumerateArray().ToDictionary(static part => part.GetProperty("name").GetString()!);
        Assert.Equal(["tune", "held_out"], parts.Keys);
        Assert.True(report.RootElement.GetProperty("passages").GetInt32() >= 60);
        Assert.True(parts.Values.Sum(static part => part.GetProperty("claims").GetInt32()) >= 600);
        Assert.All(parts.Values, static part =>
        {
            Assert.True(Figure(part, "contradictionRecall") >= 0.9);
            Assert.True(Figure(part, "supportedContradicted") <= 0.05);
            Assert.True(Figure(part, "accuracy") >= 0.85);
            Assert.InRange(Figure(part, "aurocLength"), 0.35, 0.65);
        });
        AssertDocumented(parts["tune"], column: 2);
        AssertDocumented(parts["held_out"], column: 3);
    }

    /// <summary>The table of the page says what is measured.</summary>
    private static void AssertDocumented(JsonElement part, int column)
    {
        (string Row, string Figure)[] rows =
        [
            ("accuracy", "accuracy"), ("macro-F1", "macroF1"), ("**contradictions of numbers", "contradictionRecall"), ("supported called contradicted", "supportedContradicted"),
            ("entities found", "entityRecall"), ("paraphrases found", "paraphraseRecall"), ("AUROC of 1", "aurocCoverage"),
        ];
        var page = Repository.Read("docs/evidence-matching.md").Split('\n');
        Assert.All(rows, row =>
        {
            var cell = page.Single(line => line.StartsWith($"| {row.Row}", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries)[column];
            Assert.Equal(Figure(part, row.Figure).ToString("0.000", CultureInfo.InvariantCulture), cell.Replace("*", "", StringComparison.Ordinal).Split(' ')[0]);
        });
    }

    private static double Figure(JsonElement part, string name) => part.GetProperty(name).GetDouble();

    private string Suite(string name, params string[] rows)
    {
        var path = Path.Combine(_folder.FullName, name);
        using Stream file = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        using var writer = new StreamWriter(file);
        foreach (var row in rows)
        {
            writer.WriteLine(row.ReplaceLineEndings(" "));
        }

        return path;
    }
}
