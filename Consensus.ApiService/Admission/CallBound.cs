using Consensus.ApiService.Runs;
using Consensus.ApiService.Steps;

namespace Consensus.ApiService.Admission;

/// <summary>How many calls to models a plan can cause at most. Repetitions after a provider's error are not among them.</summary>
internal static class CallBound
{
    /// <summary>A question whose answer must be JSON is asked once more when the first cannot be used.</summary>
    private const int AskedTwice = 2;

    /// <summary>The calls of the panel: one per model and sample.</summary>
    public static int OfPanel(RunPlan plan) => plan.Models.Count * plan.SamplesPerModel;

    /// <summary>The calls that the strategy's steps may add.</summary>
    public static int OfSteps(RunPlan plan) => AskedTwice * (plan.Steps?.Strategy switch
    {
        RankedStrategy => plan.Models.Count,
        DebateStrategy => OfPanel(plan),
        SynthesisStrategy => 1,
        JudgeStrategy => OfJudges(plan),
        _ => 0,
    });

    /// <summary>Each judge grades each answer, compares pairs in both orders and checks claims, as the scoring configuration says.</summary>
    private static int OfJudges(RunPlan plan)
    {
        if (plan.Judge?.Config?.Config is not { } config)
        {
            return 0;
        }

        var answers = OfPanel(plan);
        var compared = Math.Min(answers, config.Pairwise.MaxCandidates);
        return config.Judges.Count * (answers + (compared * (compared - 1)) + (config.Claims.Enabled ? answers : 0));
    }
}
