using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Microsoft.Extensions.AI;

namespace Consensus.ApiService.Admission;

/// <summary>What a run may cost at worst, as far as its models have prices.</summary>
internal static class WorstCase
{
    /// <summary>
    /// The panel's calls at their worst; for each call that steps may add, the dearest model of the panel reading every answer at the length at which steps
    /// show it.
    /// A run that caps its own cost costs no more than that.
    /// </summary>
    public static decimal Of(RunPlan plan, PanelFanOut fanOut)
    {
        var panel = PanelCall.Of(plan);
        var worst = panel.Sum(call => fanOut.WorstCaseCost(call.Call) ?? 0);
        var steps = CallBound.OfSteps(plan);
        if (steps > 0)
        {
            var shown = new ChatMessage(ChatRole.User, new string('x', panel.Count * Limits.StepAnswerCharacters));
            worst += steps * panel.DistinctBy(call => call.Model.Id).Max(call => fanOut.WorstCaseCost(call.Call with
            {
                Messages = [.. call.Call.Messages, shown],
                MaxOutputTokens = Math.Max(plan.MaxOutputTokens, Limits.StepOutputTokens),
            }) ?? 0);
        }

        return plan.MaxCostUsd is { } cap ? Math.Min(cap, worst) : worst;
    }
}
