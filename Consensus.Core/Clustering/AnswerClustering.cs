using Consensus.Core.Answers;

namespace Consensus.Core.Clustering;

/// <summary>Groups answers that say the same.</summary>
public static class AnswerClustering
{
    /// <summary>
    /// Partitions answers of one kind. Typed answers are together when their normal forms are equal (numbers: when all of a cluster lie within the tolerance);
    /// free text by similarity, where negation, numbers and named entities veto a merge. The partition does not depend on the order of the answers.
    /// </summary>
    /// <param name="answers">The answers, all of one kind.</param>
    /// <param name="form">How two are compared.</param>
    /// <returns>One label per answer, 0-based; equal labels are one cluster. Which cluster has which label carries no meaning.</returns>
    public static int[] Partition(IReadOnlyList<Answer> answers, AnswerForm form) =>
        throw new NotSupportedException();

    /// <summary>The medoid of a set of answers: the one with the highest mean similarity to the others; ties go to the smallest key, then text.</summary>
    /// <param name="answers">At least one answer, all of one kind.</param>
    /// <returns>The medoid's index and its mean similarity to the others, in [0, 1] (1 for a single answer).</returns>
    public static (int Index, double MeanSimilarity) Medoid(IReadOnlyList<Answer> answers) =>
        throw new NotSupportedException();
}
