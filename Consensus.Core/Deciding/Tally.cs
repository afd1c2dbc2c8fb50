namespace Consensus.Core.Deciding;

/// <summary>A counted ballot. Sums are taken over sorted weights, so that the order of the candidates does not show in the last digit.</summary>
internal sealed class Tally
{
    // Shares closer than this are equal: weights are logarithms, and their sums carry rounding.
    private const double Epsilon = 1e-9;

    private Tally(double[] weights, double[]? scores, int[] sizes, double askedWeight, int asked, int voters, int[] ranking)
    {
        Weights = weights;
        Scores = scores;
        Sizes = sizes;
        AskedWeight = askedWeight;
        Asked = asked;
        Voters = voters;
        Ranking = ranking;
    }

    /// <summary>Weight per cluster.</summary>
    public double[] Weights { get; }

    /// <summary>Per cluster the score by which it is ranked; <c>null</c> where weights rank.</summary>
    public double[]? Scores { get; }

    /// <summary>Voters per cluster.</summary>
    public int[] Sizes { get; }

    /// <summary>The weight of all asked, voting or not.</summary>
    public double AskedWeight { get; }

    /// <summary>How many were asked.</summary>
    public int Asked { get; }

    /// <summary>How many voted.</summary>
    public int Voters { get; }

    /// <summary>Clusters with at least one voter, heaviest first, then largest, then by number.</summary>
    public int[] Ranking { get; }

    /// <summary>The leading cluster's share of all asked; 0 without one.</summary>
    public double TopShare => Ranking.Length > 0 ? Share(Ranking[0]) : 0;

    /// <summary>The lead over the second cluster as a share of all asked; 0 where the leader has the better score but fewer votes.</summary>
    public double Margin => Math.Max(0, TopShare - (Ranking.Length > 1 ? Share(Ranking[1]) : 0));

    /// <summary>Whether one cluster is ahead of every other.</summary>
    public bool LeadsAlone => Ranking.Length > 0 && (Ranking.Length == 1 || Lead > Epsilon);

    private double Lead => Scores is null ? Margin : Scores[Ranking[0]] - Scores[Ranking[1]];

    /// <summary>A cluster's share of all asked, 0 to 1.</summary>
    public double Share(int cluster) => Math.Min(1, Weights[cluster] / AskedWeight);

    /// <summary>Whether the leader's share is greater than the limit.</summary>
    public bool Exceeds(double share) => TopShare > share + Epsilon;

    /// <summary>Whether the leader's share is at least the limit.</summary>
    public bool Reaches(double share) => TopShare >= share - Epsilon;

    /// <summary>Counts a ballot, as if the candidates marked in <paramref name="absent"/> had never been asked.</summary>
    public static Tally Count(Ballot ballot, ReadOnlySpan<bool> absent = default)
    {
        var weights = new double[ballot.ClusterCount];
        var scores = ballot.Support is null ? null : new double[ballot.ClusterCount];
        var sizes = new int[ballot.ClusterCount];
        var askedWeight = 0.0;
        int asked = 0, voters = 0;
        var order = Enumerable.Range(0, ballot.Votes.Length).ToArray();
        Array.Sort(ballot.Support is { } support ? [.. support] : (double[])[.. ballot.Weights], order);
        foreach (var i in order)
        {
            if (!absent.IsEmpty && absent[i])
            {
                continue;
            }

            asked++;
            askedWeight += ballot.Weights[i];
            if (ballot.Votes[i] is var cluster and not Ballot.NoVote)
            {
                voters++;
                sizes[cluster]++;
                weights[cluster] += ballot.Weights[i];
                if (scores is not null)
                {
                    scores[cluster] += ballot.Support![i];
                }
            }
        }

        var ranking = Enumerable.Range(0, ballot.ClusterCount)
            .Where(k => sizes[k] > 0)
            .OrderByDescending(k => Math.Round(scores is null ? weights[k] / askedWeight : scores[k], 9))
            .ThenByDescending(k => sizes[k])
            .ThenBy(k => k)
            .ToArray();
        return new Tally(weights, scores, sizes, askedWeight, asked, voters, ranking);
    }

    /// <summary>
    /// A tally of sums that are already taken, its <see cref="Ranking"/> cut after the second cluster: all that an outcome needs, without sorting. It keeps the
    /// arrays and is good until they change.
    /// </summary>
    public static Tally Leaders(double[] weights, double[]? scores, int[] sizes, double askedWeight, int asked, int voters)
    {
        int first = -1, second = -1;
        for (var k = 0; k < sizes.Length; k++)
        {
            if (sizes[k] == 0)
            {
                continue;
            }

            if (first < 0 || Leads(k, first))
            {
                (first, second) = (k, first);
            }
            else if (second < 0 || Leads(k, second))
            {
                second = k;
            }
        }

        return new Tally(weights, scores, sizes, askedWeight, asked, voters, first < 0 ? [] : second < 0 ? [first] : [first, second]);

        bool Leads(int k, int other)
        {
            var (a, b) = (Rank(k), Rank(other));
            return a > b || (a == b && sizes[k] > sizes[other]);
        }

        double Rank(int k) => Math.Round(scores is null ? weights[k] / askedWeight : scores[k], 9);
    }
}
