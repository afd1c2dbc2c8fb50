using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Core.Calibration;
using Consensus.Core.Deciding;
using Consensus.Core.Fitting;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Fitting;

/// <summary>What the document says of calibration maps, checked.</summary>
internal static class CalibrationReader
{
    private static readonly string[] Methods = [IsotonicMap.MethodName, PlattMap.MethodName, TemperatureMap.MethodName];

    public static IReadOnlyList<StrategyCalibration> Read(FittedPanelBody panel, string path, DocumentErrors errors)
    {
        var read = new List<StrategyCalibration>();
        var keys = new HashSet<(string, string)>();
        for (var i = 0; i < panel.Calibrations.Count; i++)
        {
            var calibration = panel.Calibrations[i];
            if (!keys.Add((calibration.Strategy, WireName.Of(calibration.EarlyStop))))
            {
                errors.Add($"{path}[{i}]", FieldCodes.Duplicate, "This strategy and early-stop mode stand in the list already.");
            }

            if (Read(calibration, panel.Questions, $"{path}[{i}]", errors) is { } one)
            {
                read.Add(one);
            }
        }

        return read;
    }

    private static StrategyCalibration? Read(CalibrationBody calibration, int questions, string path, DocumentErrors errors)
    {
        if (DecisionPolicies.Find(calibration.Strategy) is null)
        {
            errors.Add(
                $"{path}.strategy", FieldCodes.UnknownStrategy, $"There is no strategy {DocumentErrors.Shown(calibration.Strategy)}.",
                DecisionPolicies.All.Select(p => p.Name));
        }

        if (calibration.Questions < StrategyCalibration.LeastQuestions)
        {
            errors.Add(
                $"{path}.questions", FieldCodes.OutOfRange, $"The map rests on {calibration.Questions} labelled questions.",
                $"{StrategyCalibration.LeastQuestions} or more");
        }
        else
        {
            errors.Range($"{path}.questions", calibration.Questions, calibration.Questions <= questions, "at most the panel's questions");
        }

        errors.Share($"{path}.rawError", calibration.RawError);
        errors.Share($"{path}.calibratedError", calibration.CalibratedError);
        errors.Share($"{path}.brier", calibration.Brier);
        errors.Share($"{path}.auroc", calibration.Auroc);
        return Map(calibration, path, errors) is { } map
            ? new StrategyCalibration(
                calibration.Strategy, WireName.Of(calibration.EarlyStop), map, calibration.Questions,
                calibration.RawError, calibration.CalibratedError, calibration.Brier, calibration.Auroc)
            : null;
    }

    private static CalibrationMap? Map(CalibrationBody body, string path, DocumentErrors errors)
    {
        var knots = body.X is not null || body.Y is not null;
        var line = body.Slope is not null || body.Intercept is not null;
        var heat = body.Temperature is not null;
        try
        {
            switch (body.Method)
            {
                case IsotonicMap.MethodName when body is { X: { } x, Y: { } y } && !line && !heat:
                    var ascends = Ascending(x, strictly: true, $"{path}.x", errors) & Ascending(y, strictly: false, $"{path}.y", errors);
                    return ascends ? new IsotonicMap(x, y) : null;
                case PlattMap.MethodName when body is { Slope: { } slope, Intercept: { } intercept } && !knots && !heat:
                    return new PlattMap(slope, intercept);
                case TemperatureMap.MethodName when body.Temperature is { } temperature && !knots && !line:
                    return new TemperatureMap(temperature);
            }
        }
        catch (ArgumentException wrong)
        {
            // The map's own rules, without the name of its parameter.
            errors.Add(path, FieldCodes.OutOfRange, wrong.Message.Replace($" (Parameter '{wrong.ParamName}')", "", StringComparison.Ordinal));
            return null;
        }

        if (Methods.Contains(body.Method))
        {
            errors.Add(
                path, FieldCodes.Contradiction, $"A map of the method {body.Method} has its own parameters, and no others.",
                "isotonic: x, y; platt: slope, intercept; temperature: temperature");
        }
        else
        {
            errors.Add($"{path}.method", FieldCodes.InvalidValue, $"There is no method {DocumentErrors.Shown(body.Method)}.", Methods);
        }

        return null;
    }

    private static bool Ascending(IReadOnlyList<double> values, bool strictly, string path, DocumentErrors errors)
    {
        var before = errors.Count;
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i] < values[i - 1] || (strictly && values[i] == values[i - 1]))
            {
                errors.Add(
                    $"{path}[{i}]", FieldCodes.OutOfRange, $"{values[i]} comes after {values[i - 1]}.",
                    strictly ? $"above {values[i - 1]}" : $"{values[i - 1]} or more");
            }
        }

        return errors.Count == before;
    }
}
