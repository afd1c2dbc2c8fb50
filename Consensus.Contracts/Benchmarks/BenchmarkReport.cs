namespace Consensus.Contracts.Benchmarks;

/// <summary>What <c>consensus report</c> tells, for programs.</summary>
/// <param name="Results">One entry a run of a suite; without its questions.</param>
/// <param name="Comparisons">One entry a suite that the baseline has too.</param>
public sealed record BenchmarkReport(IReadOnlyList<BenchmarkResult> Results, IReadOnlyList<GateSuiteReport> Comparisons);
