using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>Results as JSON: one object for one suite, an array for several.</summary>
internal static class ResultFile
{
    // The default encoder writes nothing but ASCII, so what a suite's author wrote cannot reach a terminal raw.
    private static readonly ConsensusJson Indented = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = ConsensusJson.Default.Options.NumberHandling,
    });

    private static readonly ConsensusJson Strict = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        NumberHandling = ConsensusJson.Default.Options.NumberHandling,
        RespectNullableAnnotations = true,
    });

    public static string Text(IReadOnlyList<BenchmarkResult> results) => results.Count == 1
        ? JsonSerializer.Serialize(results[0], Indented.BenchmarkResult)
        : JsonSerializer.Serialize(results, Indented.IReadOnlyListBenchmarkResult);

    /// <summary>Reads either form.</summary>
    /// <exception cref="InvalidDataException">The file is no result of a benchmark; the message says why.</exception>
    public static IReadOnlyList<BenchmarkResult> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var results = document.RootElement.ValueKind == JsonValueKind.Array
                ? document.Deserialize(Strict.IReadOnlyListBenchmarkResult)
                : [document.Deserialize(Strict.BenchmarkResult)!];
            return results is { Count: > 0 } && results.All(IsUsable)
                ? results : throw new InvalidDataException($"{path} is no result of consensus bench run in the shape of version {BenchmarkResult.CurrentVersion}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no result of consensus bench run: {e.Message}", e);
        }
    }

    private static bool IsUsable(BenchmarkResult? result) =>
        result is { SchemaVersion: BenchmarkResult.CurrentVersion, Items: > 0, Questions.Count: > 0, RiskCoverage.Points.Count: > 0, ByModel.Count: > 0 }
        && result.Questions.All(static question => question is not null) && result.ReliabilityBins.All(static bin => bin is not null)
        && result.RiskCoverage.Points.All(static point => point is not null) && result.ByCategory.Values.All(static category => category is not null)
        && result.Questions.Select(static question => question.Id).Distinct(StringComparer.Ordinal).Count() == result.Questions.Count;
}
