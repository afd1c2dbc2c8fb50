using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Errors;

namespace Consensus.Storage.Benchmarks;

/// <summary>Results that were read, or everything that is wrong with them.</summary>
/// <param name="Results">The results; empty when anything is wrong.</param>
/// <param name="Errors">The first 100 violations.</param>
/// <param name="Count">How many violations there are.</param>
public sealed record BenchmarkReading(IReadOnlyList<BenchmarkResult> Results, IReadOnlyList<FieldError> Errors, int Count);
