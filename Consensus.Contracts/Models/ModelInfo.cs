namespace Consensus.Contracts.Models;

/// <summary>A model that can be asked.</summary>
public sealed record ModelInfo
{
    /// <summary>The id to use in requests: <c>provider/model</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's configured name.</summary>
    public required string Provider { get; init; }

    /// <summary>The model family; judges never grade their own.</summary>
    public required string Family { get; init; }

    /// <summary>US dollars per million input tokens, where configured.</summary>
    public decimal? InputUsdPerMillion { get; init; }

    /// <summary>US dollars per million output tokens, where configured.</summary>
    public decimal? OutputUsdPerMillion { get; init; }

    /// <summary>The configured probability that this model is right, in (0, 1).</summary>
    public double? Reliability { get; init; }

    /// <summary>True for a simulated model: its answers are made up.</summary>
    public bool Simulated { get; init; }
}

/// <summary>The body of <c>GET /v1/models</c>.</summary>
/// <param name="Models">Every model that is configured.</param>
/// <param name="Panels">The ids of each panel's models, by the panel's name.</param>
public sealed record ModelList(IReadOnlyList<ModelInfo> Models, IReadOnlyDictionary<string, IReadOnlyList<string>> Panels);

/// <summary>A decision strategy that can be asked for.</summary>
/// <param name="Name">The name to use in requests.</param>
/// <param name="Description">When to use it.</param>
/// <param name="Confidence">The definition of its raw confidence.</param>
/// <param name="CallsModels">Whether it asks models again after the panel has answered.</param>
public sealed record StrategyInfo(string Name, string Description, string Confidence, bool CallsModels);

/// <summary>The body of <c>GET /v1/strategies</c>.</summary>
/// <param name="Strategies">Every strategy.</param>
public sealed record StrategyList(IReadOnlyList<StrategyInfo> Strategies);
