using MathNet.Numerics;

namespace Consensus.Core.Calibration;

/// <summary>A map that divides the raw confidence's log-odds by one temperature: above 1 it makes confidences milder, below 1 sharper.</summary>
/// <remarks>Source: Guo, Pleiss, Sun and Weinberger (2017), "On Calibration of Modern Neural Networks"; here for the two outcomes right and wrong.</remarks>
public sealed record TemperatureMap : CalibrationMap
{
    /// <summary>What <see cref="CalibrationMap.Method"/> says of this map.</summary>
    public const string MethodName = "temperature";

    // Where the sides of one half are told apart without error, ever colder is ever likelier; where raw says nothing, ever hotter. A fit ends here.
    private const double Coldest = 0.01;
    private const double Hottest = 100;
    private const int Halvings = 64;

    /// <summary>A map of a given temperature.</summary>
    /// <param name="temperature">Positive and finite.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public TemperatureMap(double temperature)
    {
        if (!double.IsFinite(temperature) || temperature <= 0)
        {
            throw new ArgumentException($"The temperature is {temperature}; it must be positive and finite.", nameof(temperature));
        }

        Temperature = temperature;
    }

    /// <summary>What the raw log-odds are divided by.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public override string Method => MethodName;

    /// <summary>Fits the temperature to labelled raw confidences by maximum likelihood, within 0.01 and 100.</summary>
    /// <param name="x">Raw confidences in [0, 1], at least one of them with weight.</param>
    /// <param name="y">As many truths in [0, 1].</param>
    /// <param name="weights">As many finite weights that are not negative; none given means one each.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is out of its range, or no point has weight.</exception>
    public static TemperatureMap Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default)
    {
        var cases = Array.ConvertAll(LabelledScores.Check(x, y, weights).Points, static p => (Odds: Logit(p.X), p.Y, p.Weight));
        // The loss is convex in 1/T, so its derivative changes sign once.
        var (cold, hot) = (Math.Log(Coldest), Math.Log(Hottest));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (cold + hot) / 2;
            (cold, hot) = Derivative(cases, Math.Exp(-middle)) > 0 ? (middle, hot) : (cold, middle);
        }

        return new TemperatureMap(Math.Exp((cold + hot) / 2));
    }

    /// <inheritdoc/>
    protected override double Map(double raw) => SpecialFunctions.Logistic(Logit(raw) / Temperature);

    private static double Derivative((double Odds, double Y, double Weight)[] cases, double inverse)
    {
        var sum = 0.0;
        foreach (var (odds, y, weight) in cases)
        {
            sum += weight * odds * (SpecialFunctions.Logistic(inverse * odds) - y);
        }

        return sum;
    }
}
