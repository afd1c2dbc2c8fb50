namespace Consensus.Core.Learning;

/// <summary>How one candidate voted.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Cluster">The cluster of its answer, or −1 without a vote.</param>
/// <param name="Length">How long its text is, in UTF-16 units; 0 without a text.</param>
public readonly record struct ModelVote(string Model, int Cluster, int Length);

/// <summary>The votes of one panel on one question, without texts.</summary>
public sealed record PanelVotes
{
    /// <summary>One entry per candidate.</summary>
    public required IReadOnlyList<ModelVote> Votes { get; init; }

    /// <summary>How many clusters there are; they are numbered from 0.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>The question's subject, where it has one.</summary>
    public string? Category { get; init; }
}

/// <summary>Votes on a question whose right answer is known.</summary>
/// <param name="Panel">The votes.</param>
/// <param name="Right">The cluster that is right, or −1 when none is.</param>
public sealed record LabelledVotes(PanelVotes Panel, int Right)
{
    /// <summary>The mark of a question that no cluster answers rightly.</summary>
    public const int NoneRight = -1;

    /// <summary>Whether a model is among the voters of the right cluster.</summary>
    public bool IsRight(string model) => Right != NoneRight && Panel.Votes.Any(v => v.Cluster == Right && v.Model == model);
}
