namespace Consensus.Core.Calibration;

/// <summary>A fitted map from a raw confidence to a calibrated one: non-decreasing, from [0, 1] into [0, 1].</summary>
public abstract record CalibrationMap
{
    // A raw value of 0 or 1 has no log-odds; beyond ±13.8 a few saturated values would rule a fit.
    private const double LeastDoubt = 1e-6;

    /// <summary>The name of the method: <c>isotonic</c>, <c>platt</c> or <c>temperature</c>.</summary>
    public abstract string Method { get; }

    /// <summary>The calibrated confidence of a raw one.</summary>
    /// <param name="raw">A raw confidence; beyond [0, 1], where rounding may leave it, it counts as the nearer end.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="raw"/> is not a number.</exception>
    public double Apply(double raw)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(raw, double.NaN);
        return Map(Math.Clamp(raw, 0, 1));
    }

    /// <summary>The calibrated confidence of a raw one that is within [0, 1].</summary>
    protected abstract double Map(double raw);

    /// <summary>The log-odds of a confidence, which is first kept 10⁻⁶ away from 0 and 1.</summary>
    internal static double Logit(double confidence)
    {
        var kept = Math.Clamp(confidence, LeastDoubt, 1 - LeastDoubt);
        return Math.Log(kept / (1 - kept));
    }
}
