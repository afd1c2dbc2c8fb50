using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Fitting;

/// <summary>How often the models of each panel are right, by the fitted document in force.</summary>
/// <param name="Version">The document's version.</param>
/// <param name="FittedAt">When it was fitted, in UTC.</param>
/// <param name="Panels">One entry per panel and kind of answer.</param>
public sealed record ReliabilityList(string Version, DateTimeOffset FittedAt, IReadOnlyList<PanelReliability> Panels);

/// <summary>How often the models of one panel are right.</summary>
public sealed record PanelReliability
{
    /// <summary>The models' ids.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The kind under which the answers were read.</summary>
    public required AnswerKindName Kind { get; init; }

    /// <summary>How many labelled questions there were.</summary>
    public required int Questions { get; init; }

    /// <summary>K_eff.</summary>
    public required EffectiveAlternativesBody EffectiveAlternatives { get; init; }

    /// <summary>How often each model is right, by its id.</summary>
    public required IReadOnlyDictionary<string, ReliabilityBody> Reliability { get; init; }
}
