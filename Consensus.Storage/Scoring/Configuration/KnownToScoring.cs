using System.Collections.Frozen;
using Consensus.Contracts.Scoring;

namespace Consensus.Storage.Scoring.Configuration;

/// <summary>A rubric's name and version, which stand for its content for ever.</summary>
/// <param name="Name">The rubric's name.</param>
/// <param name="Version">The rubric's version.</param>
public readonly record struct RubricId(string Name, int Version)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>What a scoring configuration is held against.</summary>
/// <param name="Models">The ids of the models that can judge; <c>null</c>: any.</param>
/// <param name="Rubrics">The hash of each rubric that is known; see <see cref="ScoringConfigVersions.HashOf(Rubric)"/>.</param>
public sealed record KnownToScoring(IReadOnlyCollection<string>? Models, IReadOnlyDictionary<RubricId, string> Rubrics)
{
    /// <summary>Nothing: for a configuration that was valid when it was stored. A model of it may be gone since.</summary>
    public static KnownToScoring Nothing { get; } = new(null, FrozenDictionary<RubricId, string>.Empty);
}
