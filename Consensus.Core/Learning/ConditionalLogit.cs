using MathNet.Numerics.LinearAlgebra;

namespace Consensus.Core.Learning;

/// <summary>One choice among alternatives, and which one it was.</summary>
/// <param name="Alternatives">Per alternative the numbers of the coefficients that it collects, each counting one; a number may not repeat within an alternative.</param>
/// <param name="Chosen">The index of the alternative that was the right one.</param>
internal sealed record ChoiceSet(IReadOnlyList<int[]> Alternatives, int Chosen);

/// <summary>
/// The conditional logit: P(a) = exp(Σ_{f ∈ a} θ_f) / Σ_{a'} exp(Σ_{f ∈ a'} θ_f), fitted by maximum a posteriori with independent Gaussian priors on θ.
/// </summary>
/// <remarks>
/// Source: McFadden (1974), "Conditional Logit Analysis of Qualitative Choice Behavior". The penalised log-likelihood is strictly concave, so Newton's method with step
/// halving finds the one maximum (Boyd and Vandenberghe, "Convex Optimization", section 9.5).
/// </remarks>
internal static class ConditionalLogit
{
    private const int MostSteps = 100;
    private const double Tolerance = 1e-10;

    /// <summary>The maximum a posteriori coefficients.</summary>
    /// <param name="choices">The labelled choices.</param>
    /// <param name="prior">The prior's mean per coefficient.</param>
    /// <param name="precision">The prior's precision (1/variance) per coefficient, &gt; 0.</param>
    public static double[] Fit(IReadOnlyList<ChoiceSet> choices, double[] prior, double[] precision)
    {
        var theta = prior.ToArray();
        var value = Objective(choices, theta, prior, precision);
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, curvature) = Derivatives(choices, theta, prior, precision);
            var direction = curvature.Cholesky().Solve(gradient);
            var decrement = direction * gradient;
            if (decrement < Tolerance)
            {
                break;
            }

            var (next, nextValue) = LineSearch(choices, theta, value, direction, decrement, prior, precision);
            if (nextValue <= value)
            {
                break;
            }

            (theta, value) = (next, nextValue);
        }

        return theta;
    }

    /// <summary>The probability of each alternative.</summary>
    public static double[] Probabilities(IReadOnlyList<int[]> alternatives, ReadOnlySpan<double> theta)
    {
        var scores = new double[alternatives.Count];
        for (var a = 0; a < scores.Length; a++)
        {
            foreach (var feature in alternatives[a])
            {
                scores[a] += theta[feature];
            }
        }

        Softmax.InPlace(scores);
        return scores;
    }

    private static (double[] Theta, double Value) LineSearch(
        IReadOnlyList<ChoiceSet> choices, double[] theta, double value, Vector<double> direction, double decrement, double[] prior, double[] precision)
    {
        var next = new double[theta.Length];
        for (var size = 1.0; size > 1e-8; size /= 2)
        {
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = theta[i] + (size * direction[i]);
            }

            var nextValue = Objective(choices, next, prior, precision);
            if (nextValue >= value + (1e-4 * size * decrement))
            {
                return (next, nextValue);
            }
        }

        return (theta, value);
    }

    private static double Objective(IReadOnlyList<ChoiceSet> choices, double[] theta, double[] prior, double[] precision)
    {
        var sum = 0.0;
        foreach (var choice in choices)
        {
            sum += Math.Log(Math.Max(Probabilities(choice.Alternatives, theta)[choice.Chosen], double.Epsilon));
        }

        for (var i = 0; i < theta.Length; i++)
        {
            var off = theta[i] - prior[i];
            sum -= precision[i] * off * off / 2;
        }

        return sum;
    }

    /// <summary>The gradient of the objective and its negated second derivatives.</summary>
    private static (Vector<double> Gradient, Matrix<double> Curvature) Derivatives(IReadOnlyList<ChoiceSet> choices, double[] theta, double[] prior, double[] precision)
    {
        var size = theta.Length;
        var gradient = new double[size];
        var curvature = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            gradient[i] = -precision[i] * (theta[i] - prior[i]);
            curvature[(i * size) + i] = precision[i];
        }

        var mean = new double[size];
        var touched = new List<int>();
        foreach (var choice in choices)
        {
            var probabilities = Probabilities(choice.Alternatives, theta);
            for (var a = 0; a < probabilities.Length; a++)
            {
                foreach (var f in choice.Alternatives[a])
                {
                    if (mean[f] == 0)
                    {
                        touched.Add(f);
                    }

                    mean[f] += probabilities[a];
                    gradient[f] += (a == choice.Chosen ? 1 : 0) - probabilities[a];
                    foreach (var g in choice.Alternatives[a])
                    {
                        curvature[(f * size) + g] += probabilities[a];
                    }
                }
            }

            foreach (var f in touched)
            {
                foreach (var g in touched)
                {
                    curvature[(f * size) + g] -= mean[f] * mean[g];
                }
            }

            foreach (var f in touched)
            {
                mean[f] = 0;
            }

            touched.Clear();
        }

        return (Vector<double>.Build.Dense(gradient), Matrix<double>.Build.Dense(size, size, curvature));
    }
}
