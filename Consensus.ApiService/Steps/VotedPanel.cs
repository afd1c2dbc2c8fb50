using Consensus.ApiService.FanOut;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Steps;

/// <summary>A panel that has voted: what the steps after the vote work on.</summary>
/// <param name="Answers">What the panel gave back.</param>
/// <param name="Input">What the vote was taken on.</param>
/// <param name="Vote">What it came to.</param>
internal sealed record VotedPanel(PanelAnswers Answers, DecisionInput Input, Decision Vote)
{
    /// <summary>What a candidate wrote.</summary>
    public string TextOf(int candidate) => Input.Candidates[candidate].Text ?? "";

    /// <summary>The model of a candidate.</summary>
    public string ModelOf(int candidate) => Input.Candidates[candidate].Model;

    /// <summary>The cluster of a candidate, by its place; <c>null</c> without an answer.</summary>
    public int? ClusterOf(int candidate) =>
        Enumerable.Range(0, Vote.Clusters.Count).Where(k => Vote.Clusters[k].Candidates.Contains(candidate)).Select(k => (int?)k).FirstOrDefault();

    /// <summary>The candidate that stands for a cluster before a model: its medoid, or the first that the model did not write itself; <c>null</c> when it wrote them all.</summary>
    public int? Foreign(AnswerCluster cluster, string model) =>
        new[] { cluster.Representative }.Concat(cluster.Candidates).Where(i => ModelOf(i) != model).Select(i => (int?)i).FirstOrDefault();
}
