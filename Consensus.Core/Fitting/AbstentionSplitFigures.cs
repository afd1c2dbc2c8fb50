using Consensus.Core.Abstention;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Core.Learning;
using Consensus.Core.Numerics;

namespace Consensus.Core.Fitting;

/// <summary>What a threshold of confidence that was certified on one third of the questions did on another third; the weights come from the last.</summary>
/// <param name="Certified">Whether the target could be certified at all; without, nothing is answered.</param>
/// <param name="Coverage">The share of the test questions that were answered.</param>
/// <param name="Error">The share of wrong ones among them; <c>null</c> when none was answered.</param>
/// <param name="Held">Whether that is at or below the target; true when none was answered.</param>
public sealed record AbstentionSplitFigures(bool Certified, double Coverage, double? Error, bool Held)
{
    /// <summary>Fits the learned vote on a random third, certifies on the second, tests on the third.</summary>
    /// <param name="questions">Labelled questions of one panel, at least three times <see cref="LearnedSelection.LeastQuestions"/>.</param>
    /// <param name="kind">The kind of their answers.</param>
    /// <param name="targets">The largest allowed shares of wrong answers, each in (0, 1).</param>
    /// <param name="seed">Of the split.</param>
    /// <returns>One entry per target.</returns>
    /// <exception cref="ArgumentException">There are too few questions, or a target is out of its range.</exception>
    public static IReadOnlyList<AbstentionSplitFigures> Of(IReadOnlyList<LabelledVotes> questions, AnswerKind kind, IReadOnlyList<double> targets, ulong seed)
    {
        if (questions.Count < 3 * LearnedSelection.LeastQuestions)
        {
            throw new ArgumentException($"Thirds need at least {3 * LearnedSelection.LeastQuestions} questions; here are {questions.Count}.", nameof(questions));
        }

        var order = new SeededRandom(seed).Permutation(questions.Count);
        var third = order.Length / 3;
        var fit = PanelFitter.FitVotes([.. order[..third].Select(i => questions[i])], kind, seed);
        var calibration = order[third..(2 * third)].Select(Score).ToArray();
        var test = order[(2 * third)..].Select(Score).ToArray();
        return [.. targets.Select(target => Of(calibration, test, target))];

        QuestionScore Score(int i) => PanelFitter.Score(Strategies.Learned, questions[i], fit);
    }

    private static AbstentionSplitFigures Of(QuestionScore[] calibration, QuestionScore[] test, double target)
    {
        var certificate = LearnThenTest.Certify([.. calibration.Select(s => s.Confidence)], [.. calibration.Select(s => s.Correct)], target);
        var answered = test.Where(s => s.Confidence >= certificate.Threshold).ToArray();
        if (answered.Length == 0)
        {
            return new AbstentionSplitFigures(certificate.Certified, 0, null, Held: true);
        }

        var error = 1 - answered.Average(s => s.Correct);
        return new AbstentionSplitFigures(certificate.Certified, (double)answered.Length / test.Length, error, error <= target);
    }
}
