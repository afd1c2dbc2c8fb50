using System.Text.Json;
using Consensus.ApiService.Errors;
using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>Asks the panel, lets it vote, and then takes one step on what the vote came to. The panel has a part of the deadline, so that the step has time.</summary>
internal abstract class VoteThenStep : StepStrategy
{
    /// <summary>The step's name.</summary>
    protected abstract string StepName { get; }

    public override async Task<StepsTaken> TakeAsync(StepRun run)
    {
        using var voting = run.Begin(StepStrategies.Vote);
        var answers = await run.AskPanelAsync(PanelCall.Of(run.Plan), run.Plan.Deadline * Limits.PanelDeadlineShare);
        if (PanelVote.WhyUndecided(answers) is not null)
        {
            return new StepsTaken(answers, null);
        }

        var input = run.Input(answers);
        var panel = new VotedPanel(answers, input, StepRun.Vote(input));
        voting.Complete(StepsJson.Of(VoteDetails.Of(panel.Vote)), RunTotals.Usage(answers.Calls.Select(c => c.Reply)));
        using var step = run.Begin(StepName);
        try
        {
            return WhySkipped(panel) is { } reason ? Skip(step, panel, reason) : await TakeAsync(run, panel, step);
        }
        catch (Exception fault) when (!step.HasEnded)
        {
            run.LogFault(StepName, FaultText.Of(fault));
            step.FallBack(StepReason.Internal, "A fault inside this system; the vote holds.");
            return AsVoted(panel);
        }
    }

    public override Redone Redo(DecisionInput input, Decision vote, IReadOnlyList<StepBody> steps) =>
        vote.Outcome != DecisionOutcome.QuorumNotMet && steps.FirstOrDefault(step => step.Name == StepName) is { Status: StepStatus.Completed, Details: { } details }
            ? Redo(input, vote, details)
            : new Redone(vote);

    /// <summary>Decides again by the report of a step that took part in the answer.</summary>
    /// <exception cref="JsonException">It is not such a report.</exception>
    protected abstract Redone Redo(DecisionInput input, Decision vote, JsonElement details);

    /// <summary>Why the step is not needed after such a vote; <c>null</c>: it is.</summary>
    protected abstract StepReason? WhySkipped(VotedPanel panel);

    /// <summary>Takes the step and tells its end.</summary>
    protected abstract Task<StepsTaken> TakeAsync(StepRun run, VotedPanel panel, Step step);

    /// <summary>The vote holds.</summary>
    protected static StepsTaken AsVoted(VotedPanel panel) => new(panel.Answers, panel.Vote);

    private static StepsTaken Skip(Step step, VotedPanel panel, StepReason reason)
    {
        step.Skip(reason, reason switch
        {
            StepReason.QuorumNotMet => "There were fewer usable answers than needed.",
            StepReason.NoWinner => "The vote has no winner.",
            _ => "The vote needed no more.",
        });
        return AsVoted(panel);
    }
}
