using System.Text.Json;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Json;
using Consensus.Core.Benchmarks.Gating;

namespace Consensus.Cli.Gating;

/// <summary>Thresholds on disk.</summary>
internal static class ThresholdsFile
{
    /// <summary>Reads and checks; <c>null</c> gives the defaults.</summary>
    /// <exception cref="InvalidDataException">The file holds no thresholds; the message says everything that is wrong.</exception>
    public static GateThresholds Read(string? path)
    {
        if (path is null)
        {
            return new GateThresholds();
        }

        try
        {
            var thresholds = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConsensusJson.Default.GateThresholds)
                ?? throw new InvalidDataException($"{path}: thresholds are an object, not null.");
            string[] problems = [.. Problems(thresholds)];
            return problems.Length == 0 ? thresholds : throw new InvalidDataException($"{path}: {string.Join(" ", problems)}");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>By how much a metric may be worse; <c>null</c>: it is left out.</summary>
    public static double? MarginOf(this GateThresholds thresholds, GateMetric metric) =>
        thresholds.Margins.TryGetValue(metric.Name, out var margin) ? margin : metric.DefaultMargin;

    private static IEnumerable<string> Problems(GateThresholds thresholds)
    {
        foreach (var (name, margin) in thresholds.Margins ?? new Dictionary<string, double?> { [""] = null })
        {
            if (GateMetric.All.All(metric => metric.Name != name))
            {
                yield return $"margins: \"{name}\" is none of {string.Join(", ", GateMetric.All.Select(static metric => metric.Name))}.";
            }

            if (margin is { } given && !(given >= 0 && double.IsFinite(given)))
            {
                yield return $"margins.{name}: {given} must not be negative.";
            }
        }

        if (thresholds.MinItems < 1)
        {
            yield return $"minItems: {thresholds.MinItems} must be at least 1.";
        }

        if (thresholds.Level is not (> 0 and < 1))
        {
            yield return $"level: {thresholds.Level} must lie between 0 and 1.";
        }

        if (thresholds.Replicates is < 100 or > 100_000)
        {
            yield return $"replicates: {thresholds.Replicates} must be 100 to 100000.";
        }
    }
}
