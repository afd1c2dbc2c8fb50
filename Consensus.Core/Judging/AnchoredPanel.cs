using Consensus.Core.Numerics;
using MathNet.Numerics.Statistics;

namespace Consensus.Core.Judging;

/// <summary>
/// A panel whose judges are weighted by labelled pairs. Weights may be negative: where the worse output looks better, judges share mistakes, and a vote can
/// speak against what it names.
/// </summary>
public sealed record AnchoredPanel
{
    /// <summary>Fewer labelled pairs show no gain.</summary>
    public const int LeastPairs = 20;

    /// <summary>The strengths λ of the regularisation that are tried: a step of about three from a loose to a tight one.</summary>
    private static readonly double[] Strengths = [1, 3, 10, 30, 100];

    private const int Folds = 5;
    private const int Repeats = 4;

    /// <summary>One weight per judge, in the panel's order. After a fall-back: 1 for the best judge, 0 for the rest.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The place of the judge that was best on the labelled pairs.</summary>
    public required int Best { get; init; }

    /// <summary>Whether no gain over the best judge was shown, so that the best judge decides alone.</summary>
    public required bool FellBack { get; init; }

    /// <summary>The gain in accuracy over the best judge in cross-validation, −1 to 1; <c>null</c> with too few pairs for it.</summary>
    public required double? Gain { get; init; }

    /// <summary>λ of the regularisation; <c>null</c> after a fall-back.</summary>
    public required double? Regularisation { get; init; }

    /// <summary>
    /// Fits the weights. λ is the one with the most right decisions in five-fold cross-validation (four times over), of equal ones the tightest. Unless the
    /// weights beat the best judge of the same
    /// folds there by more than a standard error (the one-standard-error rule of Breiman et al. 1984, "Classification and Regression Trees"), the best judge
    /// decides alone.
    /// </summary>
    /// <param name="pairs">Labelled pairs with the votes of one panel; at least one.</param>
    /// <param name="seed">Deals the pairs into folds.</param>
    /// <exception cref="ArgumentException">There is no pair or no judge.</exception>
    public static AnchoredPanel Fit(IReadOnlyList<JudgedPair> pairs, ulong seed)
    {
        var best = BestJudge.Of(pairs);
        if (pairs.Count < LeastPairs)
        {
            return Alone(best, pairs[0].Votes.Count, null);
        }

        var measured = CrossValidate(pairs, new SeededRandom(seed));
        var chosen = 0;
        for (var s = 1; s < measured.Length; s++)
        {
            chosen = measured[s].Gain >= measured[chosen].Gain ? s : chosen;
        }

        var (gain, error) = measured[chosen];
        return gain > error
            ? new AnchoredPanel { Weights = VoteRegression.Fit(pairs, Strengths[chosen]), Best = best, FellBack = false, Gain = gain, Regularisation = Strengths[chosen] }
            : Alone(best, pairs[0].Votes.Count, gain);
    }

    /// <summary>The weighted sum of the merged votes: above 0 for output 1, below for output 2, 0 for a tie.</summary>
    public double Decide(JudgedPair pair) => PanelVote.Weighted(Weights, pair.Votes);

    private static AnchoredPanel Alone(int best, int judges, double? gain)
    {
        var weights = new double[judges];
        weights[best] = 1;
        return new AnchoredPanel { Weights = weights, Best = best, FellBack = true, Gain = gain, Regularisation = null };
    }

    /// <summary>By strength: the gain over the best judge of the fitting folds, and its standard error over the pairs.</summary>
    private static (double Gain, double Error)[] CrossValidate(IReadOnlyList<JudgedPair> pairs, SeededRandom random)
    {
        // Credits are halves: sums of them are exact, and equal gains are seen to be equal.
        var gains = Array.ConvertAll(Strengths, _ => new double[pairs.Count]);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var deal = random.Permutation(pairs.Count);
            for (var fold = 0; fold < Folds; fold++)
            {
                var fitting = pairs.Where((_, i) => deal[i] % Folds != fold).ToArray();
                var best = BestJudge.Of(fitting);
                for (var s = 0; s < Strengths.Length; s++)
                {
                    var weights = VoteRegression.Fit(fitting, Strengths[s]);
                    for (var i = 0; i < pairs.Count; i++)
                    {
                        if (deal[i] % Folds == fold)
                        {
                            gains[s][i] += pairs[i].Credit(PanelVote.Weighted(weights, pairs[i].Votes)) - pairs[i].Credit(pairs[i].Votes[best].Merged);
                        }
                    }
                }
            }
        }

        return Array.ConvertAll(gains, static gain => (gain.Sum() / (Repeats * gain.Length), gain.StandardDeviation() / (Repeats * Math.Sqrt(gain.Length))));
    }
}
