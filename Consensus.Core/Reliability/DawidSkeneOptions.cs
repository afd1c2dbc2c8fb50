namespace Consensus.Core.Reliability;

/// <summary>How the EM of Dawid and Skene runs.</summary>
public sealed record DawidSkeneOptions
{
    /// <summary>EM ends as converged when no posterior changes by as much; &gt; 0.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>EM ends after so many iterations, converged or not; at least 1.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>
    /// Pseudo-counts, added to the rights and to the wrongs of each worker, to each entry of a confusion matrix and to each class; 0 gives the maximum
    /// likelihood.
    /// </summary>
    public double Smoothing { get; init; }

    /// <summary>
    /// One coin only: whether the classes' frequencies are estimated. Needs labels that mean the same on every item; otherwise every answer is equally likely
    /// beforehand.
    /// </summary>
    public bool EstimatePrior { get; init; }
}
