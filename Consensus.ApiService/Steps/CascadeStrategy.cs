using System.Text.Json;
using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>Asks the cheapest models first, and the next tier only when agreement or confidence is short. Models never asked do not count.</summary>
/// <remarks>
/// After Chen, Zaharia and Zou (2023), "FrugalGPT", with the panel's own agreement in the place of a trained scorer, as in Yue et al. (2024), "Large Language Model
/// Cascades with Mixture of Thoughts Representations".
/// </remarks>
internal sealed class CascadeStrategy : StepStrategy
{
    public const string Tier = "tier";

    public override string Name => "cascade";

    public override string Description =>
        "Asks the cheapest models first and votes as majority does; the next tier is asked only when agreement or confidence is short. When most questions are easy and cost counts.";

    public override int LeastModels => 2;

    public override string? WhyNoEarlyStop => "it decides tier by tier whether more are asked";

    public override async Task<StepsTaken> TakeAsync(StepRun run)
    {
        var cascade = run.Plan.Steps!.Cascade!;
        var left = new Queue<IReadOnlyList<PanelCall>>(Tiers(run.Plan, cascade));
        var enough = false;
        while (!enough && left.TryDequeue(out var calls) && run.Answers?.End != FanOutEnd.CallerGone)
        {
            enough = await AskTierAsync(run, cascade, calls, isLast: left.Count == 0);
        }

        foreach (var calls in left.Where(_ => enough))
        {
            using var step = run.Begin(Tier);
            step.Skip(StepReason.Enough, "Agreement and confidence were reached before this tier.", Details(calls, null));
        }

        var answers = run.Answers! with { PanelSize = PanelCall.Of(run.Plan).Count, End = enough && left.Count > 0 ? FanOutEnd.Enough : run.Answers!.End };
        return new StepsTaken(answers, PanelVote.WhyUndecided(answers) is null ? StepRun.Vote(run.Input(answers)) : null);
    }

    /// <returns>Whether no further tier is needed.</returns>
    private static async Task<bool> AskTierAsync(StepRun run, CascadePlan cascade, IReadOnlyList<PanelCall> calls, bool isLast)
    {
        using var step = run.Begin(Tier);
        if (run.Answers is not null && run.TimeLeft == TimeSpan.Zero)
        {
            step.FallBack(StepReason.Deadline, "The run's deadline passed before this tier was asked.", Details(calls, null));
            return false;
        }

        var before = run.Answers?.Calls.Count ?? 0;
        // A tier that is not the last leaves half of the time to those after it.
        var answers = await run.AskPanelAsync(calls, isLast ? run.TimeLeft : run.TimeLeft / 2);
        var vote = answers.Calls.Any(c => c.Reply.Text is not null) ? StepRun.Vote(run.Input(answers), resample: false) : null;
        step.Complete(Details(calls, vote), RunTotals.Usage(answers.Calls.Skip(before).Select(c => c.Reply)));
        return vote is not null && IsEnough(vote, cascade);
    }

    // One voter agrees with nobody, however few were asked.
    private static bool IsEnough(Decision vote, CascadePlan cascade) =>
        vote.Winner is { Candidates.Count: > 1 } && vote.Agreement >= cascade.Agreement && vote.Confidence >= cascade.Confidence;

    private static IEnumerable<IReadOnlyList<PanelCall>> Tiers(RunPlan plan, CascadePlan cascade)
    {
        var calls = PanelCall.Of(plan);
        var from = 0;
        foreach (var tier in cascade.Tiers)
        {
            var count = tier.Count * plan.SamplesPerModel;
            yield return [.. calls.Skip(from).Take(count)];
            from += count;
        }
    }

    private static JsonElement Details(IReadOnlyList<PanelCall> calls, Decision? vote) =>
        StepsJson.Of(new TierDetails([.. calls.Select(c => c.Model.Id).Distinct()], [.. calls.Select(c => c.Id)], vote is null ? null : VoteDetails.Of(vote)));
}
