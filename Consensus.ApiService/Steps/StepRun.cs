using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Steps;

/// <summary>A run while its strategy takes its steps: one deadline and one ledger for all of them. Every step is told as it ends.</summary>
internal sealed class StepRun(RunPlan plan, PanelFanOut fanOut, RunFeed? feed, Action<string, string> logFault, CancellationToken callerGone)
{
    private readonly List<StepBody> steps = [];
    private readonly List<GuardedCalls> asked = [];
    private readonly RunBudget budget = new(plan.Deadline, plan.MaxCostUsd, fanOut.Time);

    public RunPlan Plan => plan;

    /// <summary>The models that can be asked.</summary>
    public ModelCatalog Catalog => plan.Steps?.Catalog ?? new ModelCatalog { Models = plan.Models, Panels = new Dictionary<string, IReadOnlyList<string>>() };

    /// <summary>Cancelled when the caller goes away.</summary>
    public CancellationToken CallerGone => callerGone;

    /// <summary>What is left of the run's deadline.</summary>
    public TimeSpan TimeLeft => budget.TimeLeft;

    /// <summary>What the panel gave back so far; <c>null</c> until it was asked.</summary>
    public PanelAnswers? Answers { get; private set; }

    /// <summary>Whether a step could not do its work; one that came to a tie, or to another answer than the vote, did.</summary>
    public bool HasFailed => steps.Any(s => s is { Status: StepStatus.FellBack, Reason: not (StepReason.Tie or StepReason.KeyDiffers) });

    /// <summary>The steps that have ended, in order.</summary>
    public IReadOnlyList<StepBody> Steps => steps;

    /// <summary>The questions of all steps, those to the panel itself left out.</summary>
    public IReadOnlyList<GuardedCall> Calls => [.. asked.SelectMany(calls => calls.All)];

    /// <summary>Whether the caller went away while a step was asking.</summary>
    public bool WasAbandoned => asked.Any(calls => calls.CallerGone);

    /// <summary>Asks a part of the panel.</summary>
    /// <param name="calls">Whom; the numbers of candidates before them count as asked.</param>
    /// <param name="deadline">Until when.</param>
    /// <returns>What the whole panel gave back so far.</returns>
    public async Task<PanelAnswers> AskPanelAsync(IReadOnlyList<PanelCall> calls, TimeSpan deadline)
    {
        var before = Answers?.Calls.Count ?? 0;
        Action<FinishedCall, int>? told = feed is null ? null : before == 0 ? feed.Post : (finished, count) => feed.Post(finished, before + count);
        var now = await fanOut.AskAsync(plan, new FanOutPart(calls, deadline, budget.Ledger), told, callerGone);
        return Answers = Answers is not { } earlier ? now : now with
        {
            Calls = [.. earlier.Calls, .. now.Calls],
            PanelSize = earlier.PanelSize + now.PanelSize,
            Needed = earlier.Needed + now.Needed,
        };
    }

    /// <summary>What a vote over these answers is taken on.</summary>
    public DecisionInput Input(PanelAnswers answers) => PanelVote.Input(plan, answers);

    /// <summary>The vote. A calibration map holds for a strategy, and none is fitted for one that takes steps.</summary>
    public static Decision Vote(DecisionInput input, bool resample = true) => Decider.Decide(input, resample) with { CalibratedConfidence = null };

    /// <summary>Begins a step.</summary>
    public Step Begin(string name)
    {
        var calls = new GuardedCalls(fanOut, budget, callerGone);
        asked.Add(calls);
        return new Step(name, calls, fanOut.Time, Tell);
    }

    /// <summary>Logs a fault of our own in a step.</summary>
    public void LogFault(string step, string fault) => logFault(step, fault);

    private void Tell(StepBody step)
    {
        steps.Add(step);
        feed?.Post(step);
    }
}
