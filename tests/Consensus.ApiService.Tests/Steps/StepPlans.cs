using Consensus.ApiService.Runs;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Steps;
using Consensus.ApiService.Tests.FanOut;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Judging.Rubrics;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>Plans of strategies that take a step after the vote. Judges j0, j1 and j2 are of families of their own.</summary>
internal static class StepPlans
{
    public static RunPlan Of(string strategy, int models = 4)
    {
        var plan = Plans.Of(models);
        return plan with
        {
            Steps = new StepPlan(StepStrategies.Find(strategy)!)
            {
                Catalog = new ModelCatalog { Models = [.. plan.Models, Judge(0), Judge(1), Judge(2)], Panels = new Dictionary<string, IReadOnlyList<string>>() },
            },
            Judge = new JudgeWish(false, null, new VersionedScoringConfig("0123456789abcdef", Scoring)),
        };
    }

    public static ScoringConfig Scoring { get; } = new()
    {
        SchemaVersion = ScoringConfig.CurrentSchemaVersion,
        Judges = [new JudgeSettings { Model = "j0" }, new JudgeSettings { Model = "j1" }, new JudgeSettings { Model = "j2" }],
        Rubric = ShippedRubrics.Correctness,
        Rubrics = [ShippedRubrics.Get(ShippedRubrics.Correctness)],
    };

    public static RunPlan With(this RunPlan plan, ScoringConfig scoring) => plan with { Judge = plan.Judge! with { Config = plan.Judge.Config! with { Config = scoring } } };

    private static ModelEntry Judge(int i) => new() { Id = $"j{i}", Provider = "p", ProviderKind = "simulator", Name = $"j{i}", Family = $"judges-{i}" };
}
