using System.IO.Compression;
using System.Text.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

public sealed class ClaimsCommandTests : IDisposable
{
    private const string Row = """
        {"id":"q1/a","question_id":"q1","question":null,"model":"a","response":"Canberra is the capital. It has 9 moons.","unknown":1,
        "claims":[{"text":"Canberra is the capital","label":"supported"},{"text":"Canberra has 9 moons","triplet":["x","y","z"],"label":"not_enough"}],
        "others":[{"model":"b","text":"The capital is Canberra."}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("claims");
    private readonly CapturedTerminal _terminal = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task APlainSuiteIsMeasured()
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "claims", Suite("small.jsonl", Row), "--json", "-"));
        using var report = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-claims", report.RootElement);
        Assert.Equal("small", report.RootElement.GetProperty("suite").GetString());
        Assert.Equal(2, report.RootElement.GetProperty("claims").GetInt32());
        Assert.Equal(1, report.RootElement.GetProperty("auroc").GetDouble());
        Assert.Equal("", _terminal.Error);
    }

    [Fact]
    public async Task AGzippedSuiteIsMeasuredIntoAFile()
    {
        var output = Path.Combine(_folder.FullName, "report.json");
        Assert.Equal(0, await _terminal.RunAsync("bench", "claims", Suite("small.jsonl.gz", Row), "--json", output));
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        Assert.Equal("small", report.RootElement.GetProperty("suite").GetString());
        Assert.Equal("", _terminal.Out);
    }

    [Fact]
    public async Task PeopleGetATable()
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "claims", Suite("small.jsonl", Row)));
        Assert.Contains("2 claims of 1 responses to 1 questions; 1 unsupported", _terminal.Out, StringComparison.Ordinal);
        Assert.Matches(@"plain idf overlap\s+\d\.\d{3}", _terminal.Out);
        Assert.Matches(@"hallucination rate\s+0\.500 labelled", _terminal.Out);
    }

    [Fact]
    public async Task TheOrderOfTheRowsDoesNotShow()
    {
        var second = Row.Replace("q1", "q2", StringComparison.Ordinal).Replace("9 moons", "a lake", StringComparison.Ordinal);
        var third = Row.Replace("q1", "q3", StringComparison.Ordinal).Replace("The capital is Canberra", "It has 9 moons", StringComparison.Ordinal);
        Assert.Equal(0, await _terminal.RunAsync("bench", "claims", Suite("small.jsonl", Row, second, third), "--json", "-"));
        var reversed = new CapturedTerminal();
        Assert.Equal(0, await reversed.RunAsync("bench", "claims", Suite("small.jsonl", third, second, Row), "--json", "-"));
        Assert.Equal(_terminal.Out, reversed.Out);
    }

    [Fact]
    public async Task ClaimsWithoutOtherResponsesAreUnscored()
    {
        var alone = Row.Replace("q1/a", "q2/a", StringComparison.Ordinal)
            .Replace("""[{"model":"b","text":"The capital is Canberra."}]""", "[]", StringComparison.Ordinal);
        Assert.Equal(0, await _terminal.RunAsync("bench", "claims", Suite("small.jsonl", Row, alone), "--json", "-"));
        using var report = JsonDocument.Parse(_terminal.Out);
        Assert.Equal((2, 2), (report.RootElement.GetProperty("claims").GetInt32(), report.RootElement.GetProperty("unscored").GetInt32()));
    }

    [Theory]
    [InlineData("", "has no responses")]
    [InlineData("{\"id\":\"x\"}", "line 1")]
    [InlineData("no JSON", "line 1")]
    [InlineData("ONE LABEL", "claims that hold and claims that do not")]
    [InlineData("OTHER LABEL", "the label \"perhaps\" is none of supported, contradicted, not_enough, unsupported")]
    public async Task AnUnusableSuiteIsAnErrorWithItsReason(string content, string reason)
    {
        var row = content switch
        {
            "ONE LABEL" => Row.Replace("not_enough", "supported", StringComparison.Ordinal),
            "OTHER LABEL" => Row.Replace("not_enough", "perhaps", StringComparison.Ordinal),
            _ => content,
        };
        Assert.Equal(1, await _terminal.RunAsync("bench", "claims", Suite("bad.jsonl", row)));
        Assert.Contains(reason, _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", _terminal.Out);
    }

    [Fact]
    public async Task AFileThatIsNotThereOrNotZippedIsAnError()
    {
        Assert.Equal(1, await _terminal.RunAsync("bench", "claims", Path.Combine(_folder.FullName, "none.jsonl")));
        Assert.Contains("none.jsonl", _terminal.Error, StringComparison.Ordinal);
        var plain = Suite("plain.jsonl", Row);
        var named = Path.ChangeExtension(plain, ".gz");
        File.Move(plain, named);
        Assert.Equal(1, await _terminal.RunAsync("bench", "claims", named));
    }

    /// <summary>Sizes, lengths and labelled rates as eng/oracles/claims.py finds them with scikit-learn; the aims are those of the recorded suites.</summary>
    [Theory]
    [InlineData("claims-refchecker", 0.80)]
    [InlineData("claims-factscore", 0.75)]
    public async Task OnRecordedClaimsTheSignalBeatsPlainOverlapAndItsAim(string suite, double aim)
    {
        Assert.Equal(0, await _terminal.RunAsync("bench", "claims", SuiteFolder.PathOf(suite), "--json", "-"));
        TestContext.Current.TestOutputHelper?.WriteLine(_terminal.Out);
        using var report = JsonDocument.Parse(_terminal.Out);
        SchemaCheck.Validates("bench-claims", report.RootElement);
        using var oracles = JsonDocument.Parse(Repository.Read("tests/Consensus.Core.Tests/Oracles/claims.json"));
        var oracle = oracles.RootElement.GetProperty("suites").GetProperty(suite);
        Assert.All(["questions", "responses", "claims", "unsupported", "aurocLength", "aurocClaimLength"], (string name) =>
            Assert.Equal(oracle.GetProperty(name).GetDouble(), Figure(name), 1e-6));
        Assert.Equal(oracle.GetProperty("hallucinationRate").GetDouble(), Figure("hallucinationRate", "observed"), 1e-6);
        Assert.True(Figure("auroc") >= aim);
        Assert.True(Figure("gain", "low") > 0);
        Assert.Equal(Figure("auroc") - Figure("aurocIdf"), Figure("gain", "value"), 2e-6);
        Assert.InRange(Figure("gain", "value"), Figure("gain", "low"), Figure("gain", "high"));

        double Figure(params string[] path) => path.Aggregate(report.RootElement, static (element, name) => element.GetProperty(name)).GetDouble();
    }

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
