using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>What a stored run comes to when it is decided again by what its steps came to then.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Written">As <see cref="StepsTaken.Written"/>.</param>
/// <param name="FirstAnswers">As <see cref="StepsTaken.FirstAnswers"/>.</param>
internal sealed record Redone(Decision Decision, Answer? Written = null, IReadOnlyList<Answer?>? FirstAnswers = null)
{
    /// <summary>The cluster of a candidate, by its place; <c>null</c> without an answer.</summary>
    public static int? ClusterOf(Decision vote, int candidate) =>
        Enumerable.Range(0, vote.Clusters.Count).Where(k => vote.Clusters[k].Candidates.Contains(candidate)).Select(static k => (int?)k).FirstOrDefault();
}
