using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Benchmarks;

/// <summary>Results of benchmarks as <c>consensus bench run</c> writes them.</summary>
internal static class Results
{
    public static BenchmarkResult Of(string suite = "small", string strategy = "majority", int items = 2) => new()
    {
        SchemaVersion = BenchmarkResult.CurrentVersion,
        Suite = suite,
        DataSha256 = new string('a', 64),
        Items = items,
        Strategy = strategy,
        Options = new BenchmarkOptions("declared", null, ulong.MaxValue, null),
        Accuracy = new MeasuredShare(.5, .1, .9),
        BestSingle = new SingleModel("sim/ada", .5),
        MeanSingle = .4,
        Random = .4,
        Ceiling = 1,
        Auroc = null,
        Ece = new CalibrationErrors(.1, .1, .2),
        Mce = .3,
        Brier = .2,
        Nll = .7,
        ConfidenceUsed = "raw",
        Abstention = null,
        Stability = new StabilityShares(new ShareAccuracy(1, .5), new ShareAccuracy(0, null), new ShareAccuracy(0, null), new ShareAccuracy(0, null)),
        Calls = new CallFigures(3, 3),
        ExtractionFailures = new Dictionary<string, int> { ["sim/ada"] = 0 },
        ByModel = new Dictionary<string, double> { ["sim/ada"] = .5 },
        ByCategory = new Dictionary<string, CategoryFigures> { ["physics"] = new(items, new MeasuredShare(.5, .1, .9)) },
        LatencyMs = null,
        PerQuestionMicroseconds = 10,
        ReliabilityBins = [new CalibrationBin(.8, .9, items, .85, .5, .1, .9)],
        RiskCoverage = new RiskCoverageFigures(.5, [new RiskPoint(.85, 1, .5)]),
        Questions = [.. Enumerable.Range(0, items).Select(i => new BenchmarkQuestionResult(
            $"q{i}", "physics", i % 2, 1 - (1.0 / (i + 3)), null, Outcome.Consensus, StabilityLevel.Stable, 3))],
    };
}
