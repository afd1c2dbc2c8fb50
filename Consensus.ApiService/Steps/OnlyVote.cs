using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>Asks the panel once and votes: every strategy without steps.</summary>
internal sealed class OnlyVote : StepStrategy
{
    public override string Name => StepStrategies.Vote;

    public override string Description => "Asks the panel once and decides by a policy.";

    public override async Task<StepsTaken> TakeAsync(StepRun run)
    {
        var answers = await run.AskPanelAsync(PanelCall.Of(run.Plan), run.Plan.Deadline);
        return new StepsTaken(answers, PanelVote.WhyUndecided(answers) is null ? Decider.Decide(run.Input(answers)) : null);
    }
}
