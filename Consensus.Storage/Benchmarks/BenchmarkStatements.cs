using System.Data.Common;
using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents;
using Consensus.Storage.Fitting;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Benchmarks;

/// <summary>What the writer does with published results inside a transaction.</summary>
internal sealed class BenchmarkStatements(DbConnection connection) : IDisposable
{
    private readonly Statement _find = new(connection, "SELECT benchmark_id FROM benchmarks WHERE sha256 = $sha256", "$sha256");

    private readonly Statement _insert = new(connection,
        """
        INSERT INTO benchmarks (benchmark_id, sha256, published_at, key_id, suite, strategy, figures, questions)
        VALUES ($id, $sha256, $now, $keyId, $suite, $strategy, $figures, $questions)
        """,
        "$id", "$sha256", "$now", "$keyId", "$suite", "$strategy", "$figures", "$questions");

    /// <summary>Stores each result unless its content is stored already.</summary>
    public IReadOnlyList<PublishedBenchmark> Put(IReadOnlyList<BenchmarkResult> results, DateTimeOffset now, string? keyId) =>
        [.. results.Select(result => Put(result, now, keyId))];

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
    }

    private PublishedBenchmark Put(BenchmarkResult result, DateTimeOffset now, string? keyId)
    {
        var hash = CanonicalJson.HashOf(result, ConsensusJson.Default.BenchmarkResult);
        if (_find.Scalar(hash) is byte[] known)
            return new PublishedBenchmark(StoredValue.Id(known), hash, Created: false);
        var id = Guid.CreateVersion7(now);
        _insert.Execute(
            StoredValue.Id(id), hash, StoredTime.Write(now), keyId ?? (object)DBNull.Value, result.Suite, result.Strategy,
            JsonSerializer.Serialize(result with { Questions = [] }, ConsensusJson.Default.BenchmarkResult),
            JsonSerializer.Serialize(result.Questions, ConsensusJson.Default.IReadOnlyListBenchmarkQuestionResult));
        return new PublishedBenchmark(id, hash, Created: true);
    }
}
