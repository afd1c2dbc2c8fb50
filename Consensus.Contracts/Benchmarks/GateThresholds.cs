using System.Text.Json.Serialization;

namespace Consensus.Contracts.Benchmarks;

/// <summary>A file of thresholds for <c>consensus gate</c>. What it does not say has its default.</summary>
/// <remarks>Settable, because generated JSON code gives members that are only initialised no default where the file is silent.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GateThresholds
{
    /// <summary>Per metric by how much it may be worse than the baseline's; <c>null</c> leaves the metric out.</summary>
    public IReadOnlyDictionary<string, double?> Margins { get; set; } = new Dictionary<string, double?>();

    /// <summary>With fewer questions nothing passes, at least 1.</summary>
    public int MinItems { get; set; } = 200;

    /// <summary>The level of the intervals, within 0 and 1.</summary>
    public double Level { get; set; } = 0.95;

    /// <summary>How often the bootstrap draws, 100 to 100 000.</summary>
    public int Replicates { get; set; } = 2_000;
}
