using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>A named way to decide that asks models more than once. Immutable; looked up in <see cref="StepStrategies"/>. The vote underneath is that of <c>majority</c>.</summary>
internal abstract class StepStrategy
{
    /// <summary>The strategy's name in requests.</summary>
    public abstract string Name { get; }

    /// <summary>What it does and when to use it, in a sentence or two.</summary>
    public abstract string Description { get; }

    /// <summary>The fewest models that it makes sense with.</summary>
    public virtual int LeastModels => 1;

    /// <summary>Why the panel must be heard to its end; <c>null</c> where it may stop early.</summary>
    public virtual string? WhyNoEarlyStop => null;

    /// <summary>The prompts that its steps put around what they ask, as <c>name@version</c>.</summary>
    public virtual IReadOnlyList<string> PromptsOf(RunPlan plan) => [];

    /// <summary>Decides a stored run again by what its steps came to then; nobody is asked.</summary>
    /// <param name="input">What the vote is taken on.</param>
    /// <param name="vote">What it comes to.</param>
    /// <param name="steps">The steps as they are stored.</param>
    /// <exception cref="System.Text.Json.JsonException">What is stored of a step is not what it reports.</exception>
    public virtual Redone Redo(DecisionInput input, Decision vote, IReadOnlyList<StepBody> steps) => new(vote);

    /// <summary>Asks and decides. A step that fails falls back to what stood before it.</summary>
    public abstract Task<StepsTaken> TakeAsync(StepRun run);
}
