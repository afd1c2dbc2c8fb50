namespace Consensus.Core.Learning;

/// <summary>
/// A conditional logit that knows only how many voted for each answer: the most that equal votes can say of how probable an answer is. What a learned vote gains is
/// measured against it.
/// </summary>
internal sealed class VoteCount
{
    private const double Precision = 1;

    private readonly double[] _theta;

    private VoteCount(double[] theta) => _theta = theta;

    /// <summary>Fits what the first, second, third … vote for an answer adds to its score, and the outside option.</summary>
    public static VoteCount Fit(IReadOnlyList<LabelledVotes> questions)
    {
        var most = questions.Max(q => q.Panel.Votes.Count);
        var prior = Enumerable.Repeat(1.0, most + 1).ToArray();
        var choices = questions.Select(q => new ChoiceSet(Alternatives(q.Panel, most), q.Right == LabelledVotes.NoneRight ? q.Panel.ClusterCount : q.Right)).ToArray();
        return new VoteCount(ConditionalLogit.Fit(choices, prior, [.. prior.Select(_ => Precision)]));
    }

    /// <summary>The probability of each cluster, and, last, that none is right.</summary>
    public double[] Posterior(PanelVotes panel) => ConditionalLogit.Probabilities(Alternatives(panel, _theta.Length - 1), _theta);

    private static int[][] Alternatives(PanelVotes panel, int most)
    {
        var counts = Counts(panel);
        return [.. counts.Select(count => Enumerable.Range(0, Math.Min(count, most)).ToArray()), [most]];
    }

    /// <summary>The votes of each cluster.</summary>
    public static int[] Counts(PanelVotes panel)
    {
        var counts = new int[panel.ClusterCount];
        foreach (var vote in panel.Votes)
        {
            if (vote.Cluster >= 0)
            {
                counts[vote.Cluster]++;
            }
        }

        return counts;
    }
}
