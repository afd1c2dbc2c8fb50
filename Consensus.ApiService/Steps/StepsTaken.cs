using Consensus.ApiService.FanOut;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>What came of asking a panel, with steps or without.</summary>
/// <param name="Answers">What the panel gave back.</param>
/// <param name="Decision">What it came to; <c>null</c> where there is nothing to decide on.</param>
internal sealed record StepsTaken(PanelAnswers Answers, Decision? Decision)
{
    /// <summary>One entry per candidate: the answer in its text, where the decision was taken on others; <c>null</c>: on these.</summary>
    public IReadOnlyList<Answer?>? FirstAnswers { get; init; }

    /// <summary>The decided answer as a step wrote it; <c>null</c>: the winning cluster's medoid, word for word.</summary>
    public Answer? Written { get; init; }
}
