using Consensus.Core.Answers;

namespace Consensus.Core.Clustering;

/// <summary>
/// Groups free text by average linkage (UPGMA: Sokal and Michener 1958): the two groups with the highest mean similarity are joined as long as it reaches the
/// threshold. A pair that something sets apart keeps its whole groups apart.
/// </summary>
internal static class TextGroups
{
    /// <summary>The least mean similarity of two groups that are one: half of all content words in common.</summary>
    public const double Threshold = 0.5;

    public static int[] Group(IReadOnlyList<Answer> answers)
    {
        var similarity = Similarity.Of(answers);
        var labels = AverageLinkage(similarity);
        return [.. Enumerable.Range(0, answers.Count).Select(i => labels[similarity.PlaceOf(i)])];
    }

    /// <remarks>Answers are numbered by content, and of equally alike groups the first are joined: the result does not depend on the order of the
    /// answers.</remarks>
    private static int[] AverageLinkage(Similarity similarity)
    {
        var n = similarity.Distinct;
        var linkage = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                linkage[i, j] = similarity.Between(i, j);
        }
        var labels = Enumerable.Range(0, n).ToArray();
        var sizes = Enumerable.Repeat(1, n).ToArray();
        while (Closest(linkage, labels) is var (keep, join))
        {
            for (var i = 0; i < n; i++)
            {
                linkage[keep, i] = linkage[i, keep] = ((sizes[keep] * linkage[keep, i]) + (sizes[join] * linkage[join, i])) / (sizes[keep] + sizes[join]);
                labels[i] = labels[i] == join ? keep : labels[i];
            }
            sizes[keep] += sizes[join];
        }
        return labels;
    }

    private static (int Keep, int Join)? Closest(double[,] linkage, int[] labels)
    {
        (int, int)? closest = null;
        var best = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != i)
                continue;
            for (var j = i + 1; j < labels.Length; j++)
            {
                if (labels[j] == j && linkage[i, j] >= Threshold && linkage[i, j] > best)
                    (closest, best) = ((i, j), linkage[i, j]);
            }
        }
        return closest;
    }
}
