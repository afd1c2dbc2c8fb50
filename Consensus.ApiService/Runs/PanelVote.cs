using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Runs;

/// <summary>From what a panel gave back to the vote over it.</summary>
internal static class PanelVote
{
    /// <summary>What the vote is taken on.</summary>
    public static DecisionInput Input(RunPlan plan, PanelAnswers answers) =>
        plan.Decision with { Candidates = [.. answers.Calls.Select(c => plan.Candidate(c.Call.Model.Id, c.Call.Model.Family, c.Reply.Text))] };

    /// <summary>Why there is nothing to decide on, as the run's <c>statusReason</c>; <c>null</c>: there is.</summary>
    public static string? WhyUndecided(PanelAnswers answers) => answers.End switch
    {
        FanOutEnd.CallerGone => StatusReasons.CallerGone,
        _ when answers.Calls.Any(c => c.Reply.Text is not null) => null,
        FanOutEnd.Deadline when answers.Calls.Any(c => c.Reply.Failure == FailureReason.Timeout) => StatusReasons.DeadlineExceeded,
        _ => StatusReasons.PanelFailed,
    };
}
