using Consensus.Core.Deciding;
using Consensus.Core.Learning;

namespace Consensus.Core.Benchmarks;

/// <summary>Turns a question with recorded answers into votes of which one cluster is known to be right.</summary>
public static class LabelledQuestion
{
    /// <summary>Reads and clusters the answers. The first cluster whose shown answer is the right one is right.</summary>
    public static LabelledVotes Of(BenchmarkQuestion question)
    {
        var decision = Decider.Decide(question.Input with { Strategy = Strategies.Majority, Fits = [] }, resample: false);
        var candidates = question.Input.Candidates;
        var cluster = new int[candidates.Count];
        Array.Fill(cluster, -1);
        var right = LabelledVotes.NoneRight;
        for (var k = 0; k < decision.Clusters.Count; k++)
        {
            foreach (var member in decision.Clusters[k].Candidates)
            {
                cluster[member] = k;
            }

            if (right == LabelledVotes.NoneRight && question.Gold.Is(decision.Answers[decision.Clusters[k].Representative]))
            {
                right = k;
            }
        }

        var panel = new PanelVotes
        {
            Votes = [.. candidates.Select((c, i) => new ModelVote(c.Model, cluster[i], c.Text?.Length ?? 0))],
            ClusterCount = decision.Clusters.Count,
            Category = question.Category,
        };
        return new LabelledVotes(panel, right);
    }
}
