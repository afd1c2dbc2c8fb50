using Consensus.Contracts.Runs;
using CoreLevel = Consensus.Core.Stability.StabilityLevel;
using StabilityReport = Consensus.Core.Stability.StabilityReport;

namespace Consensus.ApiService.Runs;

/// <summary>From the core's stability report to the wire.</summary>
internal static class StabilityMapping
{
    public static StabilityBody ToWire(StabilityReport report) => new()
    {
        Score = report.Score,
        Level = ToWire(report.Level),
        FlipSet = report.FlipSet,
        ByFamily = report.FamilyScore is { } score ? new FamilyStabilityBody(score, report.FamilyFlipSet) : null,
        FlipProbability = report.Bootstrap?.FlipProbability,
        Interval = report.Bootstrap?.MonteCarloInterval is var (low, high) ? new IntervalBody(low, high) : null,
        Replicates = report.Bootstrap?.Replicates,
        AgreementDeviation = report.Bootstrap?.AgreementDeviation,
        EntropyDeviation = report.Bootstrap?.EntropyDeviation,
        Repeatability = report.Repeatability.Count == 0 ? null : [.. report.Repeatability.Select(r => new RepeatabilityBody(r.Model, r.Samples, r.Score))],
    };

    public static StabilityLevel ToWire(CoreLevel level) => level switch
    {
        CoreLevel.Stable => StabilityLevel.Stable,
        CoreLevel.Fragile => StabilityLevel.Fragile,
        CoreLevel.Contested => StabilityLevel.Contested,
        CoreLevel.Insufficient => StabilityLevel.Insufficient,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, message: null),
    };
}
