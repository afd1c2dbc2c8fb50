namespace Consensus.Contracts.Benchmarks;

/// <summary>What became of results that were published.</summary>
/// <param name="Benchmarks">One entry a result, in the order in which they were sent.</param>
public sealed record BenchmarkReceipt(IReadOnlyList<PublishedBenchmark> Benchmarks);

/// <summary>What became of one.</summary>
/// <param name="Id">The id under which it is stored.</param>
/// <param name="Sha256">The hash of its content, in hexadecimal digits.</param>
/// <param name="Created">Whether it is new; <c>false</c> where the same content was stored before.</param>
public sealed record PublishedBenchmark(Guid Id, string Sha256, bool Created);
