using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Steps;

/// <summary>How a run goes on after the first question to its panel.</summary>
internal sealed record StepPlan(StepStrategy Strategy)
{
    /// <summary>How rankings become one.</summary>
    public RankingMethod Ranking { get; init; }

    /// <summary>The tiers of a cascade; <c>null</c> for other strategies.</summary>
    public CascadePlan? Cascade { get; init; }

    /// <summary>The rubric to judge by; <c>null</c>: that of the scoring configuration.</summary>
    public string? Rubric { get; init; }
}

/// <summary>Whom a cascade asks in which order, and when it stops.</summary>
/// <param name="Tiers">The models, in tiers.</param>
/// <param name="Agreement">The least agreement, 0 to 1.</param>
/// <param name="Confidence">The least raw confidence, 0 to 1.</param>
internal sealed record CascadePlan(IReadOnlyList<IReadOnlyList<ModelEntry>> Tiers, double Agreement, double Confidence);
