using Consensus.Core.Answers;
using Consensus.Core.Calibration;
using Consensus.Core.Deciding;
using Consensus.Core.Evaluation;
using Consensus.Core.Learning;
using Consensus.Core.Reliability;

namespace Consensus.Core.Fitting;

/// <summary>Learns all that labelled questions tell about a panel: reliability, K_eff, the learned vote, and a calibration map per strategy.</summary>
public static class PanelFitter
{
    /// <summary>The strategies that get a calibration map: all that decide on votes of several models.</summary>
    public static IReadOnlyList<string> CalibratedStrategies { get; } =
        [.. DecisionPolicies.All.Select(p => p.Name).Where(name => name != Strategies.SelfConsistency)];

    /// <summary>Fits.</summary>
    /// <param name="questions">Labelled questions that were all put to the same models.</param>
    /// <param name="kind">The kind under which their answers were read.</param>
    /// <param name="seed">Of the folds and of the bootstrap.</param>
    /// <exception cref="ArgumentException">There is no question.</exception>
    public static PanelFit Fit(IReadOnlyList<LabelledVotes> questions, AnswerKind kind, ulong seed)
    {
        var learned = Select(questions, seed);
        var fit = Uncalibrated(questions, kind, learned);
        return questions.Count < StrategyCalibration.LeastQuestions ? fit : Calibrated(questions, fit, learned!, seed).Fit;
    }

    /// <summary>Fits, and says of each question what the fit would have made of it without having seen it.</summary>
    /// <param name="questions">Labelled questions that were all put to the same models, at least <see cref="StrategyCalibration.LeastQuestions"/>.</param>
    /// <param name="kind">The kind under which their answers were read.</param>
    /// <param name="seed">Of the folds and of the bootstrap.</param>
    /// <exception cref="ArgumentException">There are too few questions.</exception>
    public static CrossValidatedFit FitCrossValidated(IReadOnlyList<LabelledVotes> questions, AnswerKind kind, ulong seed)
    {
        if (questions.Count < StrategyCalibration.LeastQuestions)
        {
            throw new ArgumentException($"It takes at least {StrategyCalibration.LeastQuestions} labelled questions; here are {questions.Count}.", nameof(questions));
        }

        var learned = Select(questions, seed)!;
        return Calibrated(questions, Uncalibrated(questions, kind, learned), learned, seed);
    }

    /// <summary>Fits all but the calibration maps.</summary>
    /// <param name="questions">Labelled questions that were all put to the same models.</param>
    /// <param name="kind">The kind under which their answers were read.</param>
    /// <param name="seed">Of the folds and of the bootstrap.</param>
    /// <exception cref="ArgumentException">There is no question.</exception>
    public static PanelFit FitVotes(IReadOnlyList<LabelledVotes> questions, AnswerKind kind, ulong seed) => Uncalibrated(questions, kind, Select(questions, seed));

    /// <summary>What a strategy with a fit makes of a labelled question: the confidence is the raw one of the leader, whatever the outcome.</summary>
    public static QuestionScore Score(string strategy, LabelledVotes question, PanelFit fit) => Score(strategy, question, fit.Kind, fit);

    /// <summary>The same, also where nothing has been learned.</summary>
    internal static QuestionScore Score(string strategy, LabelledVotes question, AnswerKind kind, PanelFit? fit)
    {
        var input = new DecisionInput { Candidates = [], Strategy = strategy, Fits = fit is null ? [] : [fit], Category = question.Panel.Category };
        var context = new PolicyContext(input, [.. question.Panel.Votes.Select(v => v.Model)], kind);
        var policy = DecisionPolicies.Find(strategy) ?? throw new ArgumentException($"There is no strategy '{strategy}'.", nameof(strategy));
        var ballot = policy.Rank(Ballot.Of(question.Panel, policy, context), question.Panel, context);
        var tally = Tally.Count(ballot);
        if (tally.Ranking.Length == 0)
        {
            return new QuestionScore(0, 0, double.NaN);
        }

        return new QuestionScore(Scoring.Correct(tally.Scores ?? tally.Weights, question.Right), policy.Confidence(ballot, tally, context), double.NaN);
    }

    private static SelectedVote? Select(IReadOnlyList<LabelledVotes> questions, ulong seed)
    {
        if (questions.Count == 0)
        {
            throw new ArgumentException("A panel is fitted to labelled questions, of which there are none.", nameof(questions));
        }

        return questions.Count >= LearnedSelection.LeastQuestions ? LearnedSelection.Fit(questions, seed) : null;
    }

    private static PanelFit Uncalibrated(IReadOnlyList<LabelledVotes> questions, AnswerKind kind, SelectedVote? learned) => new()
    {
        Models = [.. questions.SelectMany(q => q.Panel.Votes).Select(v => v.Model).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Kind = kind,
        Questions = questions.Count,
        Reliability = ModelReliability.Of(questions),
        EffectiveAlternatives = EffectiveAlternativesEstimate.Of(questions),
        Learned = learned is null ? null : new PanelLearnedVote(learned.Weights, learned.Shape, learned.Guard),
    };

    // Confidence is calibrated on questions that the weights behind it have not seen; a map fitted on seen ones would be overconfident.
    private static CrossValidatedFit Calibrated(IReadOnlyList<LabelledVotes> questions, PanelFit fit, SelectedVote learned, ulong seed)
    {
        var folds = LearnedSelection.FoldsOf(questions.Count, seed);
        var scores = CalibratedStrategies.ToDictionary(s => s, _ => new QuestionScore[questions.Count], StringComparer.Ordinal);
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            var seen = questions.Where((_, i) => folds[i] != fold).ToArray();
            var part = Uncalibrated(seen, fit.Kind, null) with
            {
                // One K_eff for all: the confidence of plain votes then means the same in every fold.
                EffectiveAlternatives = fit.EffectiveAlternatives,
            };
            foreach (var (strategy, of) in scores)
            {
                for (var i = 0; i < questions.Count; i++)
                {
                    if (folds[i] == fold)
                    {
                        of[i] = Score(strategy, questions[i], part);
                    }
                }
            }
        }

        // Without weights the learned vote was scored as the majority that it falls back to.
        if (learned.Guard.Adopted)
        {
            scores[Strategies.Learned] = [.. learned.OutOfFold];
        }

        var errors = new double[questions.Count];
        var maps = scores.Select(s => Calibrate(s.Key, s.Value, folds, errors)).ToList();
        return new CrossValidatedFit(
            fit with { Calibrations = maps },
            [.. (learned.Guard.Adopted ? learned.OutOfFold : learned.Counted).Select(s => s.LogScore)],
            [.. learned.Counted.Select(s => s.LogScore)],
            [.. errors.Select(e => e / maps.Count)]);
    }

    private static StrategyCalibration Calibrate(string strategy, QuestionScore[] scores, int[] folds, double[] errors)
    {
        double[] raw = [.. scores.Select(s => s.Confidence)], truths = [.. scores.Select(s => s.Correct)];
        var calibrated = new double[scores.Length];
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            double[] x = [.. raw.Where((_, i) => folds[i] != fold)], y = [.. truths.Where((_, i) => folds[i] != fold)];
            var map = IsotonicMap.Fit(x, y);
            for (var i = 0; i < raw.Length; i++)
            {
                if (folds[i] == fold)
                {
                    calibrated[i] = map.Apply(raw[i]);
                    errors[i] += (calibrated[i] - truths[i]) * (calibrated[i] - truths[i]);
                }
            }
        }

        return new StrategyCalibration(
            strategy, StrategyCalibration.NoEarlyStop, IsotonicMap.Fit(raw, truths), raw.Length,
            CalibrationError.Expected(CalibrationError.EqualMass(raw, truths)), CalibrationError.Expected(CalibrationError.EqualMass(calibrated, truths)),
            CalibrationError.Brier(calibrated, truths), Auroc.OfShares(raw, truths));
    }
}
