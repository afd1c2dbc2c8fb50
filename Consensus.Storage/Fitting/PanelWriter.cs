using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Calibration;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Core.Reliability;

namespace Consensus.Storage.Fitting;

/// <summary>What was learned of a panel, as the document says it.</summary>
internal static class PanelWriter
{
    public static FittedPanelBody ToBody(FittedPanel panel) => new()
    {
        Models = panel.Fit.Models,
        Kind = Enum.Parse<AnswerKindName>(panel.Fit.Kind.ToString()),
        DataSha256 = panel.DataSha256,
        Questions = panel.Fit.Questions,
        EffectiveAlternatives = ToBody(panel.Fit.EffectiveAlternatives),
        Reliability = Sorted(panel.Fit.Reliability, ToBody),
        Learned = panel.Fit.Learned is { } learned ? ToBody(learned) : null,
        Calibrations =
        [
            .. panel.Fit.Calibrations.OrderBy(c => c.Strategy, StringComparer.Ordinal).ThenBy(c => c.EarlyStop, StringComparer.Ordinal).Select(ToBody),
        ],
    };

    private static EffectiveAlternativesBody ToBody(EffectiveAlternativesEstimate estimate) =>
        new() { Value = estimate.Value, Pairs = estimate.Pairs, Same = estimate.Same };

    private static ReliabilityBody ToBody(ModelReliability reliability) => new()
    {
        Value = reliability.Value,
        Low = reliability.Low,
        High = reliability.High,
        Asked = reliability.Asked,
        Right = reliability.Right,
        ByCategory = Sorted(reliability.ByCategory, static value => value),
    };

    private static LearnedVoteBody ToBody(PanelLearnedVote learned) => new()
    {
        Adopted = learned.Guard.Adopted,
        Reason = learned.Guard.Reason,
        Gain = new GainBody { Value = learned.Guard.Gain.Point, Low = learned.Guard.Gain.Low, High = learned.Guard.Gain.High },
        Accuracy = learned.Guard.Accuracy,
        PluralityAccuracy = learned.Guard.PluralityAccuracy,
        Auroc = learned.Guard.Auroc,
        ShareAuroc = learned.Guard.ShareAuroc,
        Outside = learned.Weights.Outside,
        UsesCategories = learned.Shape.Categories,
        UsesLengths = learned.Shape.Lengths,
        Models = Sorted(learned.Weights.Models, static m =>
            new LearnedModelBody { Weight = m.Weight, LengthCuts = m.LengthCuts, LengthWeights = m.LengthWeights }),
        Categories = Sorted(learned.Weights.Categories, static c =>
            new LearnedCategoryBody { Outside = c.Outside, Weights = Sorted(c.Weights, static w => w) }),
    };

    private static CalibrationBody ToBody(StrategyCalibration calibration)
    {
        var isotonic = calibration.Map as IsotonicMap;
        var platt = calibration.Map as PlattMap;
        return new CalibrationBody
        {
            Strategy = calibration.Strategy,
            EarlyStop = WireName.Parse<EarlyStop>(calibration.EarlyStop),
            Method = calibration.Map.Method,
            X = isotonic is null ? null : [.. isotonic.X],
            Y = isotonic is null ? null : [.. isotonic.Y],
            Slope = platt?.Slope,
            Intercept = platt?.Intercept,
            Temperature = (calibration.Map as TemperatureMap)?.Temperature,
            Questions = calibration.Questions,
            RawError = calibration.RawError,
            CalibratedError = calibration.CalibratedError,
            Brier = calibration.Brier,
            Auroc = calibration.Auroc,
        };
    }

    private static SortedDictionary<string, TBody> Sorted<T, TBody>(IReadOnlyDictionary<string, T> entries, Func<T, TBody> toBody) =>
        new(entries.ToDictionary(e => e.Key, e => toBody(e.Value), StringComparer.Ordinal), StringComparer.Ordinal);
}
