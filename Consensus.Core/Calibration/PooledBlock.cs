namespace Consensus.Core.Calibration;

/// <summary>Neighbouring points that share one fitted value: their number, weight, weighted sums of x and y, and the range of their x.</summary>
internal readonly record struct PooledBlock(int Points, double Weight, double SumX, double SumY, double LeastX, double GreatestX)
{
    public double Mean => SumY / Weight;

    /// <summary>Laplace's rule of succession: (hits + 1) / (n + 2).</summary>
    public double Smoothed => (SumY + 1) / (Weight + 2);

    /// <summary>The weighted mean of x, which rounding must not move out of the block.</summary>
    public double Centre => Math.Clamp(SumX / Weight, LeastX, GreatestX);

    public PooledBlock And(PooledBlock next) =>
        new(Points + next.Points, Weight + next.Weight, SumX + next.SumX, SumY + next.SumY, LeastX, next.GreatestX);
}
