using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;

namespace Consensus.Core.Learning;

/// <summary>Whether the learned vote may decide, and what speaks for it; all figures are cross-validated.</summary>
/// <param name="Adopted">Whether it decides; else <c>majority</c> does.</param>
/// <param name="Reason">In a sentence, why or why not.</param>
/// <param name="Gain">Of the log score over what the vote counts alone say, in nats a question, with its 95 % interval.</param>
/// <param name="Accuracy">Its accuracy.</param>
/// <param name="PluralityAccuracy">The accuracy of plurality on the same questions.</param>
/// <param name="Auroc">How well its confidence ranks its answers; <c>null</c> when all are right or all wrong.</param>
/// <param name="ShareAuroc">How well the vote share ranks the answers of plurality.</param>
public sealed record GuardReport(
    bool Adopted, string Reason, BootstrapInterval Gain, double Accuracy, double PluralityAccuracy, double? Auroc, double? ShareAuroc);

/// <summary>A learned vote with what its guard says.</summary>
/// <param name="Weights">Fitted on all the questions, whether adopted or not.</param>
/// <param name="Shape">The groups of coefficients that lowered the cross-validated log loss.</param>
/// <param name="Guard">Whether it may decide.</param>
/// <param name="OutOfFold">Per question what the learned vote made of it when fitted without it: for calibration.</param>
/// <param name="Counted">Per question what a logit of the vote counts, fitted without it, made of it: what decides where the learned vote may not.</param>
public sealed record SelectedVote(
    LearnedWeights Weights, LearnedShape Shape, GuardReport Guard, IReadOnlyList<QuestionScore> OutOfFold, IReadOnlyList<QuestionScore> Counted);

/// <summary>Chooses the groups of coefficients by cross-validation and guards against a learned vote that is no better than counting.</summary>
/// <remarks>
/// The log score is a proper scoring rule (Good 1952; Gneiting and Raftery 2007), so a gain in it is one in what confidence says, and it shows with fewer questions than
/// a gain in accuracy does. Ten folds: Kohavi (1995), "A Study of Cross-Validation and Bootstrap for Accuracy Estimation and Model Selection".
/// </remarks>
public static class LearnedSelection
{
    /// <summary>The least number of labelled questions to fit on.</summary>
    public const int LeastQuestions = 50;

    private const int Folds = 10;
    private const int Replicates = 1000;

    /// <summary>Fits, selects and guards.</summary>
    /// <param name="questions">Labelled questions, at least <see cref="LeastQuestions"/>.</param>
    /// <param name="seed">Of the folds and of the bootstrap.</param>
    /// <exception cref="ArgumentException">There are too few questions.</exception>
    public static SelectedVote Fit(IReadOnlyList<LabelledVotes> questions, ulong seed)
    {
        if (questions.Count < LeastQuestions)
        {
            throw new ArgumentException($"A learned vote is fitted to at least {LeastQuestions} labelled questions; here are {questions.Count}.", nameof(questions));
        }

        var folds = FoldsOf(questions.Count, seed);
        var counted = OutOfFold(questions, folds, fit => VoteCount.Fit(fit).Posterior);
        var (shape, scores) = Shapes(questions)
            .Select(s => (Shape: s, Scores: OutOfFold(questions, folds, fit => LearnedVote.Fit(fit, s).Posterior)))
            .MaxBy(s => s.Scores.Average(q => q.LogScore));
        return new SelectedVote(LearnedVote.Fit(questions, shape), shape, Guard(questions, scores, counted, seed), scores, counted);
    }

    /// <summary>The fold of each question, evenly filled.</summary>
    public static int[] FoldsOf(int count, ulong seed)
    {
        var folds = new int[count];
        var order = new SeededRandom(seed).Permutation(count);
        for (var i = 0; i < count; i++)
        {
            folds[order[i]] = i % Folds;
        }

        return folds;
    }

    private static QuestionScore[] OutOfFold(IReadOnlyList<LabelledVotes> questions, int[] folds, Func<IReadOnlyList<LabelledVotes>, Func<PanelVotes, double[]>> fit)
    {
        var scores = new QuestionScore[questions.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var posterior = fit([.. questions.Where((_, i) => folds[i] != fold)]);
            for (var i = 0; i < scores.Length; i++)
            {
                if (folds[i] == fold)
                {
                    scores[i] = Scoring.OfPosterior(questions[i], posterior(questions[i].Panel));
                }
            }
        }

        return scores;
    }

    private static IEnumerable<LearnedShape> Shapes(IReadOnlyList<LabelledVotes> questions)
    {
        var categories = questions.Select(q => q.Panel.Category).Distinct(StringComparer.Ordinal).Count() > 1;
        var lengths = questions.Any(q => q.Panel.Votes.Any(v => v.Length > 0));
        return from c in (bool[])[false, true] from l in (bool[])[false, true] where (!c || categories) && (!l || lengths) select new LearnedShape(c, l);
    }

    private static GuardReport Guard(IReadOnlyList<LabelledVotes> questions, QuestionScore[] learned, QuestionScore[] counted, ulong seed)
    {
        var gain = PairedBootstrap.Difference([.. learned.Select(s => s.LogScore)], [.. counted.Select(s => s.LogScore)], Replicates, seed);
        var plurality = questions.Select(Plurality).ToArray();
        var (accuracy, pluralityAccuracy) = (learned.Average(s => s.Correct), plurality.Average(s => s.Correct));
        var (auroc, shareAuroc) = (Ranking(learned), Ranking(plurality));
        var reason = gain.Low <= 0 ? "The cross-validated gain over counting votes is not above zero with confidence."
            : accuracy < pluralityAccuracy ? "The cross-validated accuracy is below that of plurality."
            : RanksWorse(learned, plurality, seed) ? "Its confidence ranks the answers worse than the vote share does, with confidence."
            : null;
        return new GuardReport(reason is null, reason ?? "The cross-validated gain over counting votes is above zero with confidence.",
            gain, accuracy, pluralityAccuracy, auroc, shareAuroc);
    }

    // With few wrong answers the area itself is too uncertain to be compared as it stands.
    private static bool RanksWorse(QuestionScore[] learned, QuestionScore[] plurality, ulong seed)
    {
        int[] questions = [.. Enumerable.Range(0, learned.Length)];
        var loss = PairedBootstrap.Clustered(questions, drawn => (Of(learned, drawn) - Of(plurality, drawn)) ?? double.NaN, Replicates, seed);
        return loss.High < 0;

        static double? Of(QuestionScore[] scores, ReadOnlySpan<int> drawn)
        {
            var some = new QuestionScore[drawn.Length];
            for (var i = 0; i < some.Length; i++)
            {
                some[i] = scores[drawn[i]];
            }

            return Ranking(some);
        }
    }

    /// <summary>What plurality makes of a question; its confidence is the vote share.</summary>
    internal static QuestionScore Plurality(LabelledVotes question)
    {
        var counts = VoteCount.Counts(question.Panel);
        return new QuestionScore(
            Scoring.Correct([.. counts.Select(c => (double)c)], question.Right), counts.Length == 0 ? 0 : (double)counts.Max() / question.Panel.Votes.Count, 0);
    }

    /// <summary>The area under the curve where a tie's fraction counts as that much right and the rest wrong.</summary>
    internal static double? Ranking(IReadOnlyList<QuestionScore> scores) => Auroc.OfShares([.. scores.Select(s => s.Confidence)], [.. scores.Select(s => s.Correct)]);
}
