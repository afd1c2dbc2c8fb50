using Consensus.Contracts.Benchmarks;
using Consensus.Storage.Documents;
using Consensus.Storage.Fitting;

namespace Consensus.Storage.Benchmarks;

/// <summary>Holds every figure of a result against its range; those of its questions are checked beside their ids.</summary>
internal sealed class BenchmarkRanges(string at, DocumentErrors errors)
{
    public void Check(BenchmarkResult result)
    {
        Range("items", result.Items, result.Items >= 1 && result.Items == result.Questions.Count, "1 or more, as many as there are questions");
        Share("options.stop", result.Options.Stop);
        Range("options.limit", result.Options.Limit ?? 1, result.Options.Limit is null or >= 1, "1 or more");
        Of("accuracy", result.Accuracy);
        Share("bestSingle.accuracy", result.BestSingle.Accuracy);
        Share("meanSingle", result.MeanSingle);
        Share("random", result.Random);
        Share("ceiling", result.Ceiling);
        Share("auroc", result.Auroc);
        Share("ece.equalWidth", result.Ece.EqualWidth);
        Share("ece.equalMass", result.Ece.EqualMass);
        Share("ece.limit", result.Ece.Limit);
        Share("mce", result.Mce);
        Share("brier", result.Brier);
        NotNegative("nll", result.Nll);
        if (result.Abstention is { } abstention)
        {
            Share("abstention.target", abstention.Target);
            Share("abstention.coverage", abstention.Coverage);
            Share("abstention.error", abstention.Error);
            Share("abstention.threshold", abstention.Threshold);
            NotNegative("abstention.items", abstention.Items);
        }

        Of(result.Stability);
        NotNegative("calls.mean", result.Calls.Mean);
        NotNegative("calls.of", result.Calls.Of);
        if (result.LatencyMs is { } latency)
        {
            NotNegative("latencyMs.p50", latency.P50);
            NotNegative("latencyMs.p95", latency.P95);
            NotNegative("latencyMs.p99", latency.P99);
        }

        NotNegative("perQuestionMicroseconds", result.PerQuestionMicroseconds);
        foreach (var count in result.Errors?.Values ?? [])
        {
            Range("errors", count, count >= 1 && count <= result.Items, "1 or more, as many as there are questions at most");
        }

        Parts(result);
        Curves(result);
    }

    private void Parts(BenchmarkResult result)
    {
        foreach (var (model, failures) in result.ExtractionFailures)
        {
            NotNegative($"extractionFailures[\"{model}\"]", failures);
        }

        foreach (var (model, accuracy) in result.ByModel)
        {
            Share($"byModel[\"{model}\"]", accuracy);
        }

        foreach (var (category, figures) in result.ByCategory)
        {
            NotNegative($"byCategory[\"{category}\"].items", figures.Items);
            Of($"byCategory[\"{category}\"].accuracy", figures.Accuracy);
        }
    }

    private void Curves(BenchmarkResult result)
    {
        foreach (var (i, bin) in result.ReliabilityBins.Index())
        {
            var path = $"reliabilityBins[{i}]";
            Share($"{path}.from", bin.From);
            Share($"{path}.to", bin.To);
            NotNegative($"{path}.count", bin.Count);
            Share($"{path}.confidence", bin.Confidence);
            Share($"{path}.accuracy", bin.Accuracy);
            Share($"{path}.low", bin.Low);
            Share($"{path}.high", bin.High);
        }

        Share("riskCoverage.area", result.RiskCoverage.Area);
        foreach (var (i, point) in result.RiskCoverage.Points.Index())
        {
            var path = $"riskCoverage.points[{i}]";
            Share($"{path}.threshold", point.Threshold);
            Share($"{path}.coverage", point.Coverage);
            Share($"{path}.risk", point.Risk);
        }
    }

    private void Of(StabilityShares stability)
    {
        Of("stability.stable", stability.Stable);
        Of("stability.fragile", stability.Fragile);
        Of("stability.contested", stability.Contested);
        Of("stability.insufficient", stability.Insufficient);
        if (stability.StableLessFragile is { } difference)
        {
            Difference("stability.stableLessFragile.value", difference.Value);
            Difference("stability.stableLessFragile.low", difference.Low);
            Difference("stability.stableLessFragile.high", difference.High);
        }
    }

    private void Of(string field, ShareAccuracy level)
    {
        Share($"{field}.share", level.Share);
        Share($"{field}.accuracy", level.Accuracy);
    }

    private void Of(string field, MeasuredShare share)
    {
        Share($"{field}.value", share.Value);
        Share($"{field}.low", share.Low);
        Share($"{field}.high", share.High);
    }

    private void Share(string field, double? value) => errors.Share(at + field, value);

    private void NotNegative(string field, double value) => Range(field, value, value >= 0, "0 or more");

    private void Difference(string field, double value) => Range(field, value, value is >= -1 and <= 1, "-1 to 1");

    private void Range(string field, double value, bool isWithin, string range) => errors.Range(at + field, value, isWithin, range);
}
