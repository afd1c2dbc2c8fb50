using MathNet.Numerics.LinearAlgebra.Double;

namespace Consensus.Core.Judging;

/// <summary>Logistic regression of the truth on the judges' merged votes, L2-regularised toward 0.</summary>
/// <remarks>
/// Minimises Σ ln(1 + exp(−gold·w·x)) + λ/2·|w|² by Newton's method with step halving (Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning",
/// 2nd ed., section 4.4). Which output
/// is called 1 is arbitrary: exchanging the two turns every vote and the truth, and the orders. A model that does not care has no intercept and weighs both
/// orders of a judge alike.
/// </remarks>
internal static class VoteRegression
{
    private const int MaxSteps = 50;
    private const double Tolerance = 1e-8;

    /// <param name="pairs">The labelled pairs.</param>
    /// <param name="regularisation">λ &gt; 0: the inverse variance of a weight beforehand.</param>
    /// <returns>One weight per judge; negative for one whose vote speaks against an output.</returns>
    public static double[] Fit(IReadOnlyList<JudgedPair> pairs, double regularisation)
    {
        // Signed by the truth, every row is a vote for "right".
        var rows = pairs.Select(static pair => pair.Votes.Select(vote => pair.Gold * vote.Merged).ToArray()).ToArray();
        var weights = new double[pairs[0].Votes.Count];
        var loss = Loss(rows, weights, regularisation);
        for (var step = 0; step < MaxSteps; step++)
        {
            var move = NewtonStep(rows, weights, regularisation);
            var length = move.Max(Math.Abs);
            for (var share = 1.0; ; share /= 2)
            {
                var next = weights.Zip(move, (weight, by) => weight + (share * by)).ToArray();
                var lower = Loss(rows, next, regularisation);
                if (lower <= loss || share * length < Tolerance)
                {
                    (weights, loss) = (next, lower);
                    break;
                }
            }

            if (length < Tolerance)
            {
                break;
            }
        }

        return weights;
    }

    private static double[] NewtonStep(double[][] rows, double[] weights, double regularisation)
    {
        var count = weights.Length;
        var hessian = new double[count * count];
        var downhill = Array.ConvertAll(weights, weight => -regularisation * weight);
        foreach (var row in rows)
        {
            var wrong = 1 / (1 + Math.Exp(Dot(row, weights)));
            for (var i = 0; i < count; i++)
            {
                downhill[i] += row[i] * wrong;
                for (var j = 0; j < count; j++)
                {
                    hessian[(i * count) + j] += row[i] * row[j] * wrong * (1 - wrong);
                }
            }
        }

        for (var i = 0; i < count; i++)
        {
            hessian[(i * count) + i] += regularisation;
        }

        return new DenseMatrix(count, count, hessian).Cholesky().Solve(new DenseVector(downhill)).ToArray();
    }

    private static double Loss(double[][] rows, double[] weights, double regularisation)
    {
        var loss = regularisation / 2 * Dot(weights, weights);
        foreach (var row in rows)
        {
            var z = Dot(row, weights);
            loss += z > 0 ? Math.Log(1 + Math.Exp(-z)) : Math.Log(1 + Math.Exp(z)) - z;
        }

        return loss;
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
