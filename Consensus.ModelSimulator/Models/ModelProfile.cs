using System.Collections.Frozen;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Models;

/// <summary>Where a model's answers come from.</summary>
internal enum ModelKind
{
    Simulated,
    Replay,
    Embedding,
}

/// <summary>A model as it is served. Immutable.</summary>
internal sealed class ModelProfile
{
    private readonly double overall;
    private readonly FrozenDictionary<string, double> categories;
    private readonly LatencyOptions latency;

    public ModelProfile(string id, ModelKind kind, ModelOptions options, int position = 0)
    {
        Id = id;
        Kind = kind;
        Position = position;
        Family = options.Family;
        Style = options.Style;
        Judge = options.Judge;
        Key = StableHash.Of(id);
        Faults = [.. options.Faults.OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => new Fault(FaultNames.TryParse(f.Key, out var fault) ? fault : throw new ArgumentException($"Unknown fault '{f.Key}'.", nameof(options)), f.Value))];
        overall = NormalQuantile.Of(options.Skill.Overall);
        categories = options.Skill.Categories.ToFrozenDictionary(c => c.Key, c => NormalQuantile.Of(c.Value));
        latency = options.Latency;
    }

    public string Id { get; }

    public ModelKind Kind { get; }

    /// <summary>The place in the list of models.</summary>
    public int Position { get; }

    public string Family { get; }

    public AnswerStyle Style { get; }

    /// <summary>How the model judges.</summary>
    public JudgeOptions Judge { get; }

    /// <summary>The model's part of every draw.</summary>
    public ulong Key { get; }

    /// <summary>The faults of the configuration.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>The standard normal quantile of the model's skill in the category.</summary>
    public double SkillQuantile(string category) => categories.TryGetValue(category, out var quantile) ? quantile : overall;

    /// <summary>A latency in milliseconds from the model's lognormal distribution.</summary>
    public double LatencyMs(Draw draw) => latency.MedianMs * Math.Exp(latency.Sigma * draw.For(Purpose.Latency).Normal);
}
