using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Tests.Benchmarks;

public sealed class BenchmarkRefusalTests
{
    private const string Path = "/v1/benchmarks";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryViolationIsNamedAtOnceAndNothingIsStored()
    {
        await using var app = await ApiApp.StartAsync();
        var wrong = Results.Of() with
        {
            SchemaVersion = 2,
            DataSha256 = "none",
            Items = 3,
            Suite = new string('s', Limits.ModelCharacters + 1),
            Accuracy = new MeasuredShare(1.5, 0, 1),
            ByCategory = new Dictionary<string, CategoryFigures> { ["line\nbreak"] = new(1, new MeasuredShare(1, 0, 1)) },
            Questions = [Results.Of().Questions[0], Results.Of().Questions[0] with { Confidence = -1 }],
        };
        using var response = await app.PostAsync(Path, $"[{Text(Results.Of())},{Text(wrong)}]");
        Assert.Equal(
            [
                "$[1].accuracy.value out_of_range", "$[1].byCategory control_characters", "$[1].dataSha256 invalid_value", "$[1].items out_of_range",
                "$[1].questions[1].confidence out_of_range", "$[1].questions[1].id duplicate", "$[1].schemaVersion invalid_value", "$[1].suite too_long",
            ],
            (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
        Assert.Empty((await new ConsensusClient(app.Http).ListBenchmarksAsync(cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task EveryFigureOutsideItsRangeIsNamedAtOnce()
    {
        await using var app = await ApiApp.StartAsync();
        var off = new ShareAccuracy(1.1, -.1);
        var wrong = Results.Of() with
        {
            Options = new BenchmarkOptions("declared", 1.1, null, 0),
            Auroc = 1.1,
            Ece = new CalibrationErrors(.1, .1, -1),
            Brier = 1.1,
            Nll = -.1,
            Abstention = new AbstentionFigures(1.1, 1.1, 1.1, true, 1.1, -1),
            Stability = new StabilityShares(off, off, off, off, new MeasuredDifference(1.1, -1.1, 1.1)),
            Calls = new CallFigures(-1, -1),
            ExtractionFailures = new Dictionary<string, int> { ["a/b"] = -1 },
            ByModel = new Dictionary<string, double> { ["a/b"] = 1.1 },
            ByCategory = new Dictionary<string, CategoryFigures> { ["c"] = new(-1, new MeasuredShare(1.1, -.1, 1.1)) },
            LatencyMs = new LatencyFigures(-1, -1, -1),
            PerQuestionMicroseconds = -1,
            ReliabilityBins = [new CalibrationBin(-1, 2, -1, 2, 2, -1, 2)],
            RiskCoverage = new RiskCoverageFigures(2, [new RiskPoint(2, 2, 2)]),
        };
        string[] fields =
        [
            "options.stop", "options.limit", "auroc", "ece.limit", "brier", "nll", "calls.mean", "calls.of", "perQuestionMicroseconds",
            .. new[] { "target", "coverage", "error", "threshold", "items" }.Select(static member => $"abstention.{member}"),
            .. new[] { "stable", "fragile", "contested", "insufficient" }.SelectMany(static level => new[] { $"stability.{level}.share", $"stability.{level}.accuracy" }),
            .. new[] { "value", "low", "high" }.Select(static member => $"stability.stableLessFragile.{member}"),
            "extractionFailures[\"a/b\"]", "byModel[\"a/b\"]", "byCategory[\"c\"].items",
            .. new[] { "value", "low", "high" }.Select(static member => $"byCategory[\"c\"].accuracy.{member}"),
            "latencyMs.p50", "latencyMs.p95", "latencyMs.p99",
            .. new[] { "from", "to", "count", "confidence", "accuracy", "low", "high" }.Select(static member => $"reliabilityBins[0].{member}"),
            "riskCoverage.area", "riskCoverage.points[0].threshold", "riskCoverage.points[0].coverage", "riskCoverage.points[0].risk",
        ];
        using var response = await app.PostAsync(Path, Text(wrong));
        Assert.Equal(fields.Select(static field => $"{field} out_of_range").Order(StringComparer.Ordinal), (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FiguresAtTheEndsOfTheirRangesAreTaken()
    {
        await using var app = await ApiApp.StartAsync();
        var ends = Results.Of() with
        {
            Options = new BenchmarkOptions("auto", 1, null, 1),
            Brier = 1,
            Nll = 700,
            Abstention = new AbstentionFigures(0, 0, null, false, null, 0),
            Stability = new StabilityShares(new ShareAccuracy(1, 1), new ShareAccuracy(0, 0), new ShareAccuracy(0, null), new ShareAccuracy(0, null), new MeasuredDifference(1, -1, 1)),
            LatencyMs = new LatencyFigures(0, 0, 90_000),
        };
        using var response = await app.PostAsync(Path, Text(ends));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task AnotherShapeIsRefusedMemberByMember()
    {
        await using var app = await ApiApp.StartAsync();
        var node = JsonNode.Parse(Text(Results.Of()))!.AsObject();
        node.Remove("brier");
        node["accuracy"]!.AsObject().Remove("low");
        node["options"]!["shuffle"] = -1;
        node["answer"] = "text";
        node["questions"]![0]!["outcome"] = "lucky";
        using var response = await app.PostAsync(Path, node.ToJsonString());
        Assert.Equal(
            ["accuracy.low required", "answer unknown_member", "brier required", "options.shuffle invalid_type", "questions[0].outcome invalid_value"],
            (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
        using var empty = await app.PostAsync(Path, "[]");
        Assert.Equal(["$ too_few"], await empty.ViolationsAsync());
    }

    [Fact]
    public async Task ABodyOverTheCapIsRefusedAndTwentyThousandQuestionsAreNot()
    {
        await using var app = await ApiApp.StartAsync();
        var large = Text(Results.Of(items: 20_000));
        Assert.InRange(large.Length, 1_000_000, Limits.BenchmarkBytes);
        using var taken = await app.PostAsync(Path, large);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        await (await app.PostAsync(Path, large + new string(' ', Limits.BenchmarkBytes))).ProblemAsync(ErrorCatalog.BodyTooLarge);
    }

    private static string Text(BenchmarkResult result) => JsonSerializer.Serialize(result, ConsensusJson.Default.BenchmarkResult);
}
