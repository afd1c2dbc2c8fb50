using System.IO.Compression;
using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Cli.Gating;

/// <summary>Baselines on disk: one object of JSON, gzip'd by the name's ending <c>.gz</c>.</summary>
internal static class BaselineFile
{
    /// <exception cref="InvalidDataException">The file is no baseline; the message says why.</exception>
    public static GateBaseline Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream content = IsZipped(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
            var baseline = JsonSerializer.Deserialize(content, ConsensusJson.Default.GateBaseline);
            return baseline is { SchemaVersion: GateBaseline.CurrentVersion, Suites: { Count: > 0 } suites } && suites.All(IsWhole)
                ? baseline
                : throw new InvalidDataException($"{path} is no baseline in the shape of version {GateBaseline.CurrentVersion}; --write-baseline writes one.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no baseline: {e.Message}", e);
        }
    }

    /// <summary>Writes results as a baseline, whole or not at all.</summary>
    public static void Write(string path, IReadOnlyList<BenchmarkResult> results)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(new GateBaseline(GateBaseline.CurrentVersion, [.. results.Select(Of)]), ConsensusJson.Default.GateBaseline);
        AtomicFile.Write(path, IsZipped(path) ? Zip(text) : [.. text, (byte)'\n']);
    }

    /// <summary>What a baseline keeps of a result.</summary>
    public static GateBaselineSuite Of(BenchmarkResult result) => new(
        result.Suite, result.DataSha256, result.Strategy, result.Options,
        [.. result.Questions.Select(static q => q.Id)],
        [.. result.Questions.Select(static q => q.Correct)],
        [.. result.Questions.Select(static q => q.Confidence)],
        result.Questions.All(static q => q.Calibrated is not null) ? [.. result.Questions.Select(static q => q.Calibrated!.Value)] : null,
        [.. result.Questions.Select(static q => q.Outcome is Outcome.Consensus or Outcome.Plurality ? 1 : 0)],
        [.. result.Questions.Select(static q => q.Calls)]);

    private static byte[] Zip(byte[] text)
    {
        using var content = new MemoryStream();
        using (var packed = new GZipStream(content, CompressionLevel.SmallestSize))
        {
            packed.Write(text);
        }

        return content.ToArray();
    }

    private static bool IsZipped(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsWhole(GateBaselineSuite? suite) =>
        suite is { Suite: not null, DataSha256: not null, Ids: { Count: > 0 } ids, Correct: not null, Confidence: not null, Answered: not null, Calls: not null }
        && ids.All(static id => id is not null) && ids.Distinct(StringComparer.Ordinal).Count() == ids.Count
        && suite.Correct.Count == ids.Count && suite.Confidence.Count == ids.Count && suite.Answered.Count == ids.Count && suite.Calls.Count == ids.Count
        && suite.Correct.Concat(suite.Confidence).Concat(suite.Calibrated ?? []).All(static share => share is >= 0 and <= 1)
        && (suite.Calibrated?.Count ?? ids.Count) == ids.Count;
}
