using System.Text.Json.Serialization;

namespace Consensus.Contracts.Benchmarks;

/// <summary>What <c>consensus bench run</c> measured on one suite. <c>docs/benchmarks.md</c> defines every figure; shares and probabilities are 0 to 1.</summary>
public sealed record BenchmarkResult
{
    /// <summary>The version of this shape.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the shape that was written; members may be added within a version.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The suite's name: its file's without the endings.</summary>
    public required string Suite { get; init; }

    /// <summary>SHA-256 of the suite's lines, in hexadecimal digits; the same whether compressed or not.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>How many questions were measured.</summary>
    public required int Items { get; init; }

    /// <summary>The strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>What else was asked for.</summary>
    public required BenchmarkOptions Options { get; init; }

    /// <summary>The share of questions answered right, a t-way tie that holds the right answer counting 1/t.</summary>
    public required MeasuredShare Accuracy { get; init; }

    /// <summary>The best model alone, chosen on these very questions.</summary>
    public required SingleModel BestSingle { get; init; }

    /// <summary>The mean of the models' accuracies.</summary>
    public required double MeanSingle { get; init; }

    /// <summary>The accuracy of a member drawn for each question.</summary>
    public required double Random { get; init; }

    /// <summary>The share of questions that at least one member got right.</summary>
    public required double Ceiling { get; init; }

    /// <summary>How well raw confidence ranks right above wrong; <c>null</c> when all are right or all wrong.</summary>
    public required double? Auroc { get; init; }

    /// <summary>Expected calibration error.</summary>
    public required CalibrationErrors Ece { get; init; }

    /// <summary>Maximum calibration error over bins of equal width.</summary>
    public required double Mce { get; init; }

    /// <summary>Brier score.</summary>
    public required double Brier { get; init; }

    /// <summary>Mean negative log-likelihood in nats.</summary>
    public required double Nll { get; init; }

    /// <summary>On which confidence calibration was measured: <c>raw</c> or <c>calibrated</c>.</summary>
    public required string ConfidenceUsed { get; init; }

    /// <summary>Answering only from a certified confidence on; <c>null</c> for a single question.</summary>
    public required AbstentionFigures? Abstention { get; init; }

    /// <summary>Per level of stability.</summary>
    public required StabilityShares Stability { get; init; }

    /// <summary>Models asked a question.</summary>
    public required CallFigures Calls { get; init; }

    /// <summary>Per model: responses from which no answer could be read.</summary>
    public required IReadOnlyDictionary<string, int> ExtractionFailures { get; init; }

    /// <summary>Per model: its accuracy alone.</summary>
    public required IReadOnlyDictionary<string, double> ByModel { get; init; }

    /// <summary>Per category; empty where the suite has none.</summary>
    public required IReadOnlyDictionary<string, CategoryFigures> ByCategory { get; init; }

    /// <summary>How long the calls of a question took; <c>null</c> where recorded answers were replayed: no calls were made.</summary>
    public required LatencyFigures? LatencyMs { get; init; }

    /// <summary>Failed runs of a running system by the code of their failure, counted as wrong; left out where recorded answers were replayed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, int>? Errors { get; init; }

    /// <summary>The mean time to read, cluster and decide a question, in microseconds of one core; of a running system: what it says that it added to the slowest call.</summary>
    public required double PerQuestionMicroseconds { get; init; }

    /// <summary>Confidence against accuracy, ten bins of equal width, empty ones left out.</summary>
    public required IReadOnlyList<CalibrationBin> ReliabilityBins { get; init; }

    /// <summary>Risk against coverage by raw confidence.</summary>
    public required RiskCoverageFigures RiskCoverage { get; init; }

    /// <summary>One entry a question, in the suite's order.</summary>
    public required IReadOnlyList<BenchmarkQuestionResult> Questions { get; init; }
}
