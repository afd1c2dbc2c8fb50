using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.FanOut;

/// <summary>One question to one model: a candidate before it has an answer.</summary>
/// <param name="Id">The candidate's number, from 0, in the order asked.</param>
/// <param name="Model">Who is asked.</param>
/// <param name="Sample">Which sample of this model, from 0.</param>
/// <param name="Call">What is asked.</param>
internal sealed record PanelCall(int Id, ModelEntry Model, int Sample, ModelCall Call)
{
    /// <summary>
    /// Every call that a plan may make, in the order in which it would make them: one sample of each model, then the next sample of each, so that a budget or an
    /// early stop leaves the most different voices. Models stand in listed order; under <c>adaptive</c> the most reliable first; in tiers, one tier after the other.
    /// </summary>
    public static IReadOnlyList<PanelCall> Of(RunPlan plan)
    {
        if (plan.Steps?.Cascade is { } cascade)
        {
            var flat = plan with { Steps = null };
            return [.. cascade.Tiers.SelectMany(tier => Of(flat with { Models = tier })).Select((call, id) => call with { Id = id })];
        }

        var models = plan.EarlyStop == EarlyStop.Adaptive
            ? plan.Models.OrderByDescending(m => plan.Decision.Reliability.GetValueOrDefault(m.Id, m.Reliability ?? plan.Decision.PriorReliability)).ToArray()
            : plan.Models;
        return [.. Enumerable.Range(0, plan.SamplesPerModel)
            .SelectMany(sample => models.Select(model => (model, sample)))
            .Select((ask, id) => new PanelCall(id, ask.model, ask.sample, new ModelCall
            {
                Model = ask.model.Id,
                Messages = plan.Messages,
                Temperature = plan.Temperature,
                MaxOutputTokens = plan.MaxOutputTokens,
                Seed = Seed(plan, ask.model, ask.sample),
                // Asked of the plan, not of the call: a seed that nobody gave promises nothing.
                Cache = plan is { Cache: true, Temperature: 0 } or { Cache: true, Seed: not null } ? new AnswerCaching(plan.KeyId, ask.sample) : null,
                Schema = plan.Schema,
            }))];
    }

    // A simulated model draws by the seed alone: without one of their own its samples would all be the same draw. Other providers draw anew by themselves.
    private static long? Seed(RunPlan plan, ModelEntry model, int sample) =>
        plan.Seed is { } seed ? unchecked(seed + sample) : model.ProviderKind == "simulator" && sample > 0 ? sample : null;
}
