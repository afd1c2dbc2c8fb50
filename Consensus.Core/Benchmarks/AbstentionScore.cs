using Consensus.Core.Abstention;
using Consensus.Core.Numerics;

namespace Consensus.Core.Benchmarks;

/// <summary>What answering only from a certified confidence on comes to: certified on one half of the questions, measured on the other.</summary>
/// <param name="Certificate">What the first half certifies.</param>
/// <param name="Items">The questions of the other half.</param>
/// <param name="Coverage">The share of them that are answered; 0 when nothing is certified.</param>
/// <param name="Error">The share of the answered that are wrong; <c>null</c> when none is answered.</param>
public sealed record AbstentionScore(RiskCertificate Certificate, int Items, double Coverage, double? Error)
{
    /// <summary>
    /// Splits, certifies and measures. The halves depend on the ids and the seed, not on the order of the questions; of an odd number the second is larger.
    /// </summary>
    /// <returns><c>null</c> for a single question.</returns>
    internal static AbstentionScore? Of(IReadOnlyList<QuestionResult> questions, double target, ulong seed)
    {
        if (questions.Count < 2)
        {
            return null;
        }

        QuestionResult[] drawn = [.. questions.OrderBy(static question => question.Id, StringComparer.Ordinal)];
        new SeededRandom(seed).Shuffle<QuestionResult>(drawn);
        var (first, second) = (drawn[..(drawn.Length / 2)], drawn[(drawn.Length / 2)..]);
        var certificate = LearnThenTest.Certify(
            Array.ConvertAll(first, static q => q.Confidence), Array.ConvertAll(first, static q => q.Correct), target);
        var answered = second.Where(question => question.Confidence >= certificate.Threshold).ToArray();
        return new AbstentionScore(
            certificate, second.Length, (double)answered.Length / second.Length, answered.Length == 0 ? null : 1 - answered.Average(static q => q.Correct));
    }
}
