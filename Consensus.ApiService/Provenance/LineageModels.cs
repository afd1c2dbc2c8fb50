using Consensus.ApiService.Runs;
using Consensus.ApiService.Steps;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Provenance;

/// <summary>Who took part in a run.</summary>
internal static class LineageModels
{
    /// <summary>Of a run that the system conducted: the panel as asked for, then those that only a step asked.</summary>
    public static LineageModel[] Of(ConsensusResponse run, RunPlan plan, StepRun? steps)
    {
        (string Model, string Role)[] asked =
        [
            .. plan.Models.Select(static model => (model.Id, Lineages.PanelRole)),
            .. (run.Steps ?? []).SelectMany(static step => step.Calls.Select(call => (call.Model, step.Name))),
        ];
        (string Model, string? Exact)[] said =
        [
            .. (run.Candidates ?? []).Select(static candidate => (candidate.Model, candidate.ProviderModel)),
            .. (steps?.Calls ?? []).Select(static call => (call.Model, call.Reply?.ProviderModel)),
        ];
        return
        [
            .. asked.GroupBy(static one => one.Model, static one => one.Role, StringComparer.Ordinal).Select(roles =>
            {
                var entry = plan.Models.FirstOrDefault(model => model.Id == roles.Key) ?? steps?.Catalog.Find(roles.Key);
                return new LineageModel
                {
                    Id = roles.Key,
                    Provider = entry?.Provider,
                    ProviderKind = entry?.ProviderKind,
                    Family = entry?.Family,
                    Roles = [.. roles.Distinct(StringComparer.Ordinal)],
                    ProviderModels = Exact(said, roles.Key),
                    Reliability = Reliability(plan.Decision, roles.Key),
                };
            }),
        ];
    }

    /// <summary>Of answers that the caller brought: under the names that the caller gave.</summary>
    public static LineageModel[] Of(ConsensusResponse run, DecisionInput decision) =>
    [
        .. (run.Candidates ?? []).DistinctBy(static candidate => candidate.Model, StringComparer.Ordinal).Select(candidate => new LineageModel
        {
            Id = candidate.Model,
            Family = candidate.Family,
            Roles = [Lineages.PanelRole],
            Reliability = Reliability(decision, candidate.Model),
        }),
    ];

    private static string[] Exact((string Model, string? Exact)[] said, string model) =>
    [
        .. said.Where(one => one.Model == model && one.Exact is not null).Select(static one => one.Exact!)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static double? Reliability(DecisionInput decision, string model) =>
        decision.Strategy == Strategies.Weighted && decision.Reliability.TryGetValue(model, out var given) ? given : null;
}
