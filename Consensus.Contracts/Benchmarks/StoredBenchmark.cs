namespace Consensus.Contracts.Benchmarks;

/// <summary>A published result of a benchmark.</summary>
/// <param name="Id">Its id, UUIDv7.</param>
/// <param name="PublishedAt">When it was first published.</param>
/// <param name="KeyId">The name of the key that published it; <c>null</c> without one.</param>
/// <param name="Sha256">The hash of its content, in hexadecimal digits.</param>
/// <param name="Result">The result; in a listing its questions are left out.</param>
public sealed record StoredBenchmark(Guid Id, DateTimeOffset PublishedAt, string? KeyId, string Sha256, BenchmarkResult Result);
