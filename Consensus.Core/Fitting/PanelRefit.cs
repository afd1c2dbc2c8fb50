using Consensus.Core.Answers;
using Consensus.Core.Evaluation;
using Consensus.Core.Learning;

namespace Consensus.Core.Fitting;

/// <summary>What a panel's new fit gains over the one in force, and whether it may replace it.</summary>
/// <param name="Fit">The new fit.</param>
/// <param name="VoteGain">In what <c>learned</c> says of the answers: the log score, in nats a question.</param>
/// <param name="CalibrationGain">In what confidence says: the fall of the squared error (Brier 1950) a question, the mean over the calibrated strategies.</param>
/// <param name="MayReplace">Whether one of the gains is above zero with confidence and the other is not below it with confidence.</param>
/// <param name="Reason">In a sentence, why or why not.</param>
/// <remarks>
/// The new fit is scored on questions it has not seen (ten-fold cross-validation), the one in force as it stands. Where that has seen some of them it looks better than it is:
/// the comparison errs towards keeping it. Two gains are tested, so each interval has a confidence of 97.5 % (Bonferroni).
/// </remarks>
public sealed record PanelRefit(PanelFit Fit, BootstrapInterval VoteGain, BootstrapInterval CalibrationGain, bool MayReplace, string Reason)
{
    /// <summary>The confidence of each interval.</summary>
    public const double Level = 0.975;

    private const int Replicates = 2000;

    /// <summary>Fits anew and compares.</summary>
    /// <param name="questions">Labelled questions of one panel, at least <see cref="StrategyCalibration.LeastQuestions"/>.</param>
    /// <param name="kind">The kind under which their answers were read.</param>
    /// <param name="inForce">What serves the panel and kind now (see <see cref="PanelFits.Choose"/>); <c>null</c>: nothing, so that votes are counted and confidence is raw.</param>
    /// <param name="seed">Of the folds and of the bootstrap.</param>
    /// <exception cref="ArgumentException">There are too few questions.</exception>
    public static PanelRefit Of(IReadOnlyList<LabelledVotes> questions, AnswerKind kind, PanelFit? inForce, ulong seed)
    {
        var fit = PanelFitter.FitCrossValidated(questions, kind, seed);
        var vote = PairedBootstrap.Difference([.. fit.LogScores], LogScores(questions, fit, inForce), Replicates, seed, Level);
        var calibration = PairedBootstrap.Difference(SquaredErrors(questions, fit.Fit, inForce), [.. fit.SquaredErrors], Replicates, seed, Level);
        var reason = GoesByUnknownLengths(questions, inForce) ? "What is in force goes by the lengths of texts, which are not stored for all these runs: the two cannot be compared."
            : vote.High < 0 ? "The learned vote would be worse than what is in force, with confidence."
            : calibration.High < 0 ? "Confidence would be less well calibrated than what is in force, with confidence."
            : null;
        if (reason is not null)
        {
            return new PanelRefit(fit.Fit, vote, calibration, MayReplace: false, reason);
        }

        return vote.Low > 0 ? new PanelRefit(fit.Fit, vote, calibration, MayReplace: true, "The cross-validated gain of the learned vote is above zero with confidence.")
            : calibration.Low > 0 ? new PanelRefit(fit.Fit, vote, calibration, MayReplace: true, "The cross-validated gain in calibration is above zero with confidence.")
            : new PanelRefit(fit.Fit, vote, calibration, MayReplace: false, "No cross-validated gain over what is in force is above zero with confidence.");
    }

    private static double[] LogScores(IReadOnlyList<LabelledVotes> questions, CrossValidatedFit fit, PanelFit? inForce) =>
        inForce?.Learned is { Guard.Adopted: true, Weights: var weights }
            ? [.. questions.Select((q, i) => weights.Knows(q.Panel) ? Scoring.OfPosterior(q, weights.Posterior(q.Panel)).LogScore : fit.CountedScores[i])]
            : [.. fit.CountedScores];

    private static double[] SquaredErrors(IReadOnlyList<LabelledVotes> questions, PanelFit fit, PanelFit? inForce)
    {
        // The weights of a panel much like this one serve it, its maps do not.
        var calibrated = inForce?.IsOf(fit.Models, fit.Kind) == true ? inForce : null;
        return
        [
            .. questions.Select(question => PanelFitter.CalibratedStrategies.Average(strategy =>
            {
                var score = PanelFitter.Score(strategy, question, fit.Kind, inForce);
                var error = (calibrated?.CalibrationOf(strategy, StrategyCalibration.NoEarlyStop)?.Map.Apply(score.Confidence) ?? score.Confidence) - score.Correct;
                return error * error;
            })),
        ];
    }

    private static bool GoesByUnknownLengths(IReadOnlyList<LabelledVotes> questions, PanelFit? inForce) =>
        inForce?.Learned is { Guard.Adopted: true, Shape.Lengths: true } && questions.All(q => q.Panel.Votes.All(v => v.Length == 0));
}
