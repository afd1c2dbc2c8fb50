namespace Consensus.Core.Abstention;

/// <summary>From which confidence on answers may be given so that at most a target share of them is wrong; or that no such confidence could be shown.</summary>
/// <param name="Target">The largest share of wrong answers that is allowed.</param>
/// <param name="Delta">How often, over repeated calibration sets, a certified threshold may exceed the target all the same.</param>
/// <param name="Threshold">The least confidence that is answered; <c>null</c> when none is certified.</param>
/// <param name="Coverage">The share of the calibration set that is answered; 0 when none is certified.</param>
/// <param name="Answered">The number of its cases that are answered.</param>
/// <param name="Errors">The number of those that are wrong.</param>
/// <param name="Bound">The upper bound of the error rate, at most the target; 1 when none is certified.</param>
public sealed record RiskCertificate(double Target, double Delta, double? Threshold, double Coverage, int Answered, int Errors, double Bound)
{
    /// <summary>Whether there is a threshold.</summary>
    public bool Certified => Threshold is not null;

    /// <summary>The share of answered calibration cases that are wrong; <c>null</c> when none is certified.</summary>
    public double? Error => Certified ? (double)Errors / Answered : null;
}
