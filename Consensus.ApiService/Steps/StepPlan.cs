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

    /// <summary>The models that can be asked.</summary>
    public ModelCatalog? Catalog { get; init; }

    /// <summary>Who writes a synthesis; <c>null</c>: the most reliable of the panel that answered.</summary>
    public ModelEntry? Synthesizer { get; init; }

    /// <summary>How rankings become one, where there are any.</summary>
    public RankingMethod? AskedRanking => Strategy is RankedStrategy ? Ranking : null;

    /// <summary>The cascade as a request would ask for it, with its defaults filled in.</summary>
    public CascadeRequest? AskedCascade => Cascade is not { } cascade ? null : new CascadeRequest
    {
        Tiers = [.. cascade.Tiers.Select(tier => tier.Select(model => model.Id).ToArray())], Agreement = cascade.Agreement, Confidence = cascade.Confidence,
    };

    /// <summary>Whom the run may ask that the request can know of; judges are the scoring configuration's.</summary>
    public IEnumerable<ModelEntry> Asks(IReadOnlyList<ModelEntry> panel) => Strategy is SynthesisStrategy && Synthesizer is not null ? panel.Append(Synthesizer).Distinct() : panel;
}

/// <summary>Whom a cascade asks in which order, and when it stops.</summary>
/// <param name="Tiers">The models, in tiers.</param>
/// <param name="Agreement">The least agreement, 0 to 1.</param>
/// <param name="Confidence">The least raw confidence, 0 to 1.</param>
internal sealed record CascadePlan(IReadOnlyList<IReadOnlyList<ModelEntry>> Tiers, double Agreement, double Confidence);
