using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Core.Evaluation;
using Consensus.Core.Learning;
using Consensus.Core.Numerics;

namespace Consensus.Core.Fitting;

/// <summary>What a fit on a random half of the questions was worth on the other half.</summary>
/// <param name="Adopted">1 when the guard let the learned vote decide, else 0.</param>
/// <param name="Learned">The accuracy of <c>learned</c>, fallback included.</param>
/// <param name="Plurality">The accuracy of plain plurality.</param>
/// <param name="BestSingle">The accuracy of the model that was best on the fitting half.</param>
/// <param name="LearnedAuroc">How well the raw confidence of <c>learned</c> ranks its answers.</param>
/// <param name="ShareAuroc">How well the vote share ranks the answers of plurality.</param>
/// <param name="LearnedError">The expected calibration error of the calibrated confidence of <c>learned</c>: 10 bins of equal mass.</param>
/// <param name="LearnedLimit">What perfectly calibrated forecasts of these values stay below in 95 of 100 such halves.</param>
/// <param name="MajorityError">The expected calibration error of the calibrated confidence of <c>majority</c>.</param>
/// <param name="MajorityLimit">Its limit.</param>
/// <param name="MajorityRawError">The expected calibration error of the raw confidence of <c>majority</c>.</param>
public sealed record HalfSplitFigures(
    double Adopted, double Learned, double Plurality, double BestSingle, double? LearnedAuroc, double? ShareAuroc,
    double LearnedError, double LearnedLimit, double MajorityError, double MajorityLimit, double MajorityRawError)
{
    /// <summary>Fits on one random half and tests on the other.</summary>
    /// <param name="questions">Labelled questions of one panel, at least twice <see cref="StrategyCalibration.LeastQuestions"/>.</param>
    /// <param name="kind">The kind of their answers.</param>
    /// <param name="seed">Of the split.</param>
    /// <exception cref="ArgumentException">There are too few questions.</exception>
    public static HalfSplitFigures Of(IReadOnlyList<LabelledVotes> questions, AnswerKind kind, ulong seed)
    {
        if (questions.Count < 2 * StrategyCalibration.LeastQuestions)
        {
            throw new ArgumentException($"Half splits need at least {2 * StrategyCalibration.LeastQuestions} questions; here are {questions.Count}.", nameof(questions));
        }

        var order = new SeededRandom(seed).Permutation(questions.Count);
        var fit = PanelFitter.Fit([.. order[..(order.Length / 2)].Select(i => questions[i])], kind, seed);
        var test = order[(order.Length / 2)..].Select(i => questions[i]).ToArray();
        var best = fit.Reliability.MaxBy(r => r.Value.Value).Key;

        QuestionScore[] learned = [.. test.Select(q => PanelFitter.Score(Strategies.Learned, q, fit))];
        QuestionScore[] majority = [.. test.Select(q => PanelFitter.Score(Strategies.Majority, q, fit))];
        var (learnedError, learnedLimit) = Calibration(Strategies.Learned, learned);
        var (majorityError, majorityLimit) = Calibration(Strategies.Majority, majority);
        return new HalfSplitFigures(
            fit.Learned?.Guard.Adopted == true ? 1 : 0,
            learned.Average(s => s.Correct),
            majority.Average(s => s.Correct),
            test.Average(q => q.IsRight(best) ? 1.0 : 0),
            Auroc.OfShares(Raw(learned), Truths(learned)),
            LearnedSelection.Ranking([.. test.Select(LearnedSelection.Plurality)]),
            learnedError, learnedLimit, majorityError, majorityLimit,
            CalibrationError.Expected(CalibrationError.EqualMass(Raw(majority), Truths(majority))));

        (double Error, double Limit) Calibration(string strategy, QuestionScore[] scores)
        {
            var map = fit.CalibrationOf(strategy, StrategyCalibration.NoEarlyStop)!.Map;
            double[] calibrated = [.. scores.Select(s => map.Apply(s.Confidence))];
            return (CalibrationError.Expected(CalibrationError.EqualMass(calibrated, Truths(scores))), ConsistencyLimit.Of(calibrated, seed));
        }
    }

    private static double[] Raw(QuestionScore[] scores) => [.. scores.Select(s => s.Confidence)];

    private static double[] Truths(QuestionScore[] scores) => [.. scores.Select(s => s.Correct)];
}
