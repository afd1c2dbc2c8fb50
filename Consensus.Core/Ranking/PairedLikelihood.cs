using MathNet.Numerics.LinearAlgebra;

namespace Consensus.Core.Ranking;

/// <summary>The penalised log-likelihood of log strengths, Σ_ij w_ij ln σ(θ_i − θ_j) + prior/2 · Σ_i (ln σ(θ_i) + ln σ(−θ_i)), and its maximum.</summary>
internal static class PairedLikelihood
{
    // Newton's method doubles the number of correct digits in each step; a tenth of these suffices.
    private const int MostSteps = 100;
    private const double Precision = 1e-10;

    /// <summary>Climbs from a start to the maximum, which must exist.</summary>
    /// <param name="wins">How often the row beat the column, ≥ 0.</param>
    /// <param name="prior">≥ 0.</param>
    /// <param name="theta">The start; overwritten.</param>
    /// <returns>The log strengths, their mean 0.</returns>
    public static double[] Maximise(double[,] wins, double prior, double[] theta)
    {
        var value = Value(wins, prior, theta);
        for (var step = 0; step < MostSteps; step++)
        {
            var direction = Direction(wins, prior, theta);
            var scale = 1.0;
            var next = Moved(theta, direction, scale);
            var nextValue = Value(wins, prior, next);
            while (nextValue < value && scale > Precision)
            {
                scale /= 2;
                next = Moved(theta, direction, scale);
                nextValue = Value(wins, prior, next);
            }

            if (nextValue >= value)
            {
                (theta, value) = (next, nextValue);
            }

            if (direction.AbsoluteMaximum() * scale < Precision)
            {
                break;
            }
        }

        var mean = theta.Average();
        return Array.ConvertAll(theta, t => t - mean);
    }

    private static double[] Moved(double[] theta, Vector<double> direction, double scale) => [.. theta.Select((t, i) => t + (scale * direction[i]))];

    private static double Value(double[,] wins, double prior, double[] theta)
    {
        var value = 0.0;
        for (var i = 0; i < theta.Length; i++)
        {
            value -= prior / 2 * (LogOnePlusExp(-theta[i]) + LogOnePlusExp(theta[i]));
            for (var j = 0; j < theta.Length; j++)
            {
                value -= wins[i, j] > 0 ? wins[i, j] * LogOnePlusExp(theta[j] - theta[i]) : 0;
            }
        }

        return value;
    }

    // −H⁻¹·gradient. Games alone do not say where 0 is: the mean is held by a matrix of ones, to which the gradient is orthogonal.
    private static Vector<double> Direction(double[,] wins, double prior, double[] theta)
    {
        var n = theta.Length;
        var gradient = Vector<double>.Build.Dense(n);
        var information = Matrix<double>.Build.Dense(n, n, prior > 0 ? 0 : 1.0 / n);
        for (var i = 0; i < n; i++)
        {
            var anchor = BradleyTerry.WinProbability(theta[i], 0);
            gradient[i] += prior * (0.5 - anchor);
            information[i, i] += prior * anchor * (1 - anchor);
            for (var j = 0; j < n; j++)
            {
                var games = wins[i, j] + wins[j, i];
                var p = BradleyTerry.WinProbability(theta[i], theta[j]);
                gradient[i] += wins[i, j] - (games * p);
                information[i, i] += games * p * (1 - p);
                information[i, j] -= games * p * (1 - p);
            }
        }

        return information.Cholesky().Solve(gradient);
    }

    private static double LogOnePlusExp(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x));
}
