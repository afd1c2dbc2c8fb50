using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Benchmarks;

/// <summary>What a look-up reads of a row of <c>benchmarks</c>.</summary>
internal sealed class BenchmarkRow
{
    private const string Columns = "seq, benchmark_id, sha256, published_at, key_id, figures";

    /// <summary>One result, whole.</summary>
    public const string One = $"SELECT {Columns}, questions FROM benchmarks WHERE benchmark_id = @id";

    /// <summary>A page, newest first, without the questions.</summary>
    /// <remarks>
    /// Where a suite is asked for, the first half walks its index and the second is passed over; else the first finds nothing and the second walks the table in
    /// its own order. The index is named: a plan that changed with the statistics would be found in production only.
    /// </remarks>
    public const string Page =
        $"""
         SELECT {Columns} FROM benchmarks INDEXED BY benchmarks_by_suite
         WHERE suite = @suite AND {Others}
         UNION ALL
         SELECT {Columns} FROM benchmarks NOT INDEXED
         WHERE @suite IS NULL AND {Others}
         ORDER BY seq DESC LIMIT @rows
         """;

    private const string Others =
        "seq < COALESCE(@before, 9223372036854775807) AND (@strategy IS NULL OR strategy = @strategy)"
        + " AND (@from IS NULL OR published_at >= @from) AND (@to IS NULL OR published_at < @to)";

    public long seq { get; init; }
    public byte[] benchmark_id { get; init; } = [];
    public string sha256 { get; init; } = "";
    public long published_at { get; init; }
    public string? key_id { get; init; }
    public string figures { get; init; } = "";
    public string? questions { get; init; }

    public StoredBenchmark ToBody()
    {
        var result = JsonSerializer.Deserialize(figures, ConsensusJson.Default.BenchmarkResult)!;
        return new StoredBenchmark(StoredValue.Id(benchmark_id), StoredTime.Read(published_at), key_id, sha256, questions is null
            ? result : result with { Questions = JsonSerializer.Deserialize(questions, ConsensusJson.Default.IReadOnlyListBenchmarkQuestionResult)! });
    }
}
