using Consensus.Core.Answers;

namespace Consensus.Core.Clustering;

/// <summary>Groups answers that say the same.</summary>
public static class AnswerClustering
{
    /// <summary>How free text is compared, by name: by its words.</summary>
    public static string SimilarityName => "lexical";

    /// <summary>
    /// Partitions answers of one kind. Typed answers are together when their normal forms are equal (numbers: when all of a cluster lie within the tolerance);
    /// free text by similarity, where negation, numbers and named entities veto a merge. The partition does not depend on the order of the answers.
    /// </summary>
    /// <param name="answers">The answers, all of one kind.</param>
    /// <param name="form">How two are compared.</param>
    /// <returns>One label per answer, 0-based; equal labels are one cluster. Which cluster has which label carries no meaning.</returns>
    public static int[] Partition(IReadOnlyList<Answer> answers, AnswerForm form)
    {
        if (answers.Count == 0)
            return [];
        return answers[0].Kind switch
        {
            AnswerKind.Text => TextGroups.Group(answers),
            AnswerKind.Number when form.Tolerance > 0 => NumberGroups.Group(answers, form.Tolerance),
            _ => ByKey(answers),
        };
    }

    /// <summary>The medoid of a set of answers: the one with the highest mean similarity to the others; ties go to the key that more answers share, then to the smallest key, then text.</summary>
    /// <param name="answers">At least one answer, all of one kind.</param>
    /// <returns>The medoid's index and its mean similarity to the others, in [0, 1] (1 for a single answer).</returns>
    public static (int Index, double MeanSimilarity) Medoid(IReadOnlyList<Answer> answers)
    {
        if (answers.Count == 0)
            throw new ArgumentException("A medoid needs at least one answer.", nameof(answers));
        if (answers.Count == 1)
            return (0, 1);
        var similarity = Similarity.Of(answers);
        var best = 0;
        var bestMean = double.NegativeInfinity;
        for (var i = 0; i < answers.Count; i++)
        {
            var mean = similarity.MeanToOthers(i);
            if (mean > bestMean || (mean == bestMean && IsPreferred(i, best)))
                (best, bestMean) = (i, mean);
        }
        return (best, bestMean);

        bool IsPreferred(int one, int other) => similarity.CopiesOf(one).CompareTo(similarity.CopiesOf(other)) switch
        {
            0 => IsBefore(answers[one], answers[other]),
            var more => more > 0,
        };
    }

    private static bool IsBefore(Answer left, Answer right) =>
        string.CompareOrdinal(left.Key, right.Key) is var order && (order < 0 || (order == 0 && string.CompareOrdinal(left.Text, right.Text) < 0));

    private static int[] ByKey(IReadOnlyList<Answer> answers)
    {
        Dictionary<string, int> labels = [];
        var result = new int[answers.Count];
        for (var i = 0; i < result.Length; i++)
        {
            if (!labels.TryGetValue(answers[i].Key, out result[i]))
                labels.Add(answers[i].Key, result[i] = labels.Count);
        }
        return result;
    }
}
