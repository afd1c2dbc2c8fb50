namespace Consensus.Core.Learning;

/// <summary>What a method made of one labelled question.</summary>
/// <param name="Correct">1 when its answer is right, 1/t when the right answer is among t tied leaders, else 0.</param>
/// <param name="Confidence">What it ranks the question by, 0 to 1.</param>
/// <param name="LogScore">The logarithm of the probability that it gave to what is right.</param>
public readonly record struct QuestionScore(double Correct, double Confidence, double LogScore);

/// <summary>Scores the leaders of a question.</summary>
internal static class Scoring
{
    private const double Same = 1e-12;

    /// <summary>Scores a posterior over the clusters and, last, the outside option. A question without an answer is wrong, with confidence 0.</summary>
    public static QuestionScore OfPosterior(LabelledVotes question, double[] posterior)
    {
        var clusters = posterior.AsSpan(0, question.Panel.ClusterCount).ToArray();
        var log = Math.Log(Math.Max(posterior[question.Right == LabelledVotes.NoneRight ? ^1 : question.Right], 1e-12));
        return new QuestionScore(Correct(clusters, question.Right), clusters.Length == 0 ? 0 : clusters.Max(), log);
    }

    /// <summary>1/t when the right cluster is among the t clusters of the highest score.</summary>
    public static double Correct(IReadOnlyList<double> scores, int right)
    {
        if (scores.Count == 0 || right == LabelledVotes.NoneRight)
        {
            return 0;
        }

        var top = scores.Max();
        return scores[right] >= top - Same ? 1.0 / scores.Count(s => s >= top - Same) : 0;
    }
}
