using System.Diagnostics;
using System.Reflection;
using Consensus.ApiService.Evidence;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Steps;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Core.Clustering;
using Consensus.Core.Deciding;
using Consensus.Storage.Fitting;

namespace Consensus.ApiService.Provenance;

/// <summary>Makes the lineage of a run that has ended, however it came about.</summary>
/// <param name="hash">What stands for the request of a run; <c>null</c> where there is no such thing.</param>
internal sealed class Lineages(Func<ConsensusResponse, RequestHash?> hash)
{
    /// <summary>The role of a model that was asked the question itself.</summary>
    public const string PanelRole = "panel";

    /// <summary>The version of this software.</summary>
    public static string CodeVersion { get; } =
        typeof(Lineages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The run with its lineage, of a run that the system conducted.</summary>
    /// <param name="run">The run, whole.</param>
    /// <param name="plan">What it was conducted by.</param>
    /// <param name="steps">What was asked beyond the panel; <c>null</c> when nobody was asked.</param>
    /// <param name="learned">The fitted document that it went by.</param>
    public ConsensusResponse Trace(ConsensusResponse run, RunPlan plan, StepRun? steps, FittedState? learned) => run with
    {
        Provenance = Of(run, plan.Decision, plan.Judge, learned) with
        {
            ParentRunId = plan.ParentRunId,
            Models = LineageModels.Of(run, plan, steps),
            Prompts = Prompts(run, plan),
            Rubric = Rubric(run, plan.Judge, isDeciding: plan.Steps?.Strategy is JudgeStrategy),
            Parameters = Compared(plan.Decision) with
            {
                Temperature = plan.Temperature,
                Seed = plan.Seed,
                MaxOutputTokens = plan.MaxOutputTokens,
                SamplesPerModel = plan.SamplesPerModel,
                EarlyStop = plan.EarlyStop,
                DeadlineMs = plan.Request.DeadlineMs,
                Ranking = plan.Request.Ranking,
                Cache = plan.Cache,
            },
        },
    };

    /// <summary>The run with its lineage, of answers that the caller brought.</summary>
    public ConsensusResponse Trace(ConsensusResponse run, AggregatePlan plan, FittedState? learned) => run with
    {
        Provenance = Of(run, plan.Decision, plan.Judge, learned) with
        {
            ParentRunId = plan.ParentRunId,
            Models = LineageModels.Of(run, plan.Decision),
            Rubric = Rubric(run, plan.Judge, isDeciding: false),
        },
    };

    private RunLineage Of(ConsensusResponse run, DecisionInput decision, JudgeWish? judge, FittedState? learned) => new()
    {
        SchemaVersion = RunLineage.CurrentSchemaVersion,
        Request = hash(run),
        Parameters = Compared(decision),
        Versions = new LineageVersions
        {
            Code = CodeVersion,
            Calibration = learned?.Version,
            ScoringConfig = judge?.Config?.Version,
            Policy = run.Gate?.PolicyVersion,
        },
        TraceId = Activity.Current is { IdFormat: ActivityIdFormat.W3C } traced ? traced.TraceId.ToHexString() : null,
    };

    private static LineageParameters Compared(DecisionInput decision) => new()
    {
        Quorum = DecisionPolicies.Find(decision.Strategy) is { UsesQuorum: true } ? decision.Quorum : null,
        MinResponses = decision.MinResponses,
        AnswerKind = DecisionMapping.ToWire(decision.Form.Kind),
        Tolerance = decision.Form.Tolerance,
        Similarity = AnswerClustering.SimilarityName,
    };

    /// <summary>The prompts of the question and of every step that asked somebody.</summary>
    private static string[] Prompts(ConsensusResponse run, RunPlan plan)
    {
        var asked = run.Kind == RunKind.Evidence && run.Calls is { Started: > 0 } ? (string[])[EvidencePrompt.Template.Id] : [];
        var hasAsked = plan.Steps is not null && (run.Steps ?? []).Any(static step => step.Calls.Count > 0);
        return [.. asked, .. hasAsked ? plan.Steps!.Strategy.PromptsOf(plan) : []];
    }

    /// <summary>The rubric by which judges decided, or will judge: that of a run whose judging nobody asked for is drawn with the job.</summary>
    private static LineageRubric? Rubric(ConsensusResponse run, JudgeWish? judge, bool isDeciding)
    {
        if (judge?.Config is not { Config: { Judges.Count: > 0 } config } || !(isDeciding || judge.IsDue(run)))
        {
            return null;
        }

        var name = judge.Rubric ?? config.Rubric;
        return new LineageRubric(name, config.Rubrics.FirstOrDefault(rubric => rubric.Name == name)?.Version);
    }
}
