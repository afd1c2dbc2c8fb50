using System.Text.Json;
using Consensus.Testing;

namespace Consensus.Core.Tests.Calibration;

/// <summary>What scikit-learn and scipy compute: eng/oracles/calibration.py wrote it.</summary>
internal sealed record CalibrationOracle(
    CalibrationOracle.PavCase[] Pav, CalibrationOracle.MapCase[] Maps, CalibrationOracle.ProportionCase[] Proportions, CalibrationOracle.McNemarCase[] McNemar)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    public static CalibrationOracle Read { get; } =
        JsonSerializer.Deserialize<CalibrationOracle>(Repository.Read("tests/Consensus.Core.Tests/Oracles/calibration.json"), Options)!;

    internal sealed record PavCase(double[] Y, double[] Weights, double[] Fitted);

    internal sealed record MapCase(
        double[] X, double[] Y, double[] Weights, double[] KnotsX, double[] KnotsY, double Slope, double Intercept, double Temperature);

    internal sealed record ProportionCase(int Hits, int N, double Level, double[] Wilson, double[] Exact, double Upper);

    internal sealed record McNemarCase(int B, int C, double P);
}
