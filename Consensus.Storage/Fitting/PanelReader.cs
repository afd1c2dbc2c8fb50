using System.Collections.Frozen;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Fitting;
using Consensus.Core.Reliability;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Fitting;

/// <summary>What the document says of a panel, checked.</summary>
internal static class PanelReader
{
    private const int HashDigits = 64;

    /// <returns><c>null</c> when anything in it is wrong.</returns>
    public static FittedPanel? Read(FittedPanelBody panel, string path, DocumentErrors errors)
    {
        var before = errors.Count;
        Models(panel.Models, $"{path}.models", errors);
        if (panel.Kind == AnswerKindName.Auto)
        {
            errors.Add(
                $"{path}.kind", FieldCodes.InvalidValue, "A panel is fitted for one kind of answer.",
                WireName.All<AnswerKindName>().Except([WireName.Of(AnswerKindName.Auto)]));
        }

        if (panel.DataSha256.Length != HashDigits || !panel.DataSha256.All(char.IsAsciiHexDigitLower))
        {
            errors.Add($"{path}.dataSha256", FieldCodes.InvalidValue, "This is no SHA-256.", $"{HashDigits} hexadecimal digits in lower case");
        }

        errors.Range($"{path}.questions", panel.Questions, panel.Questions >= 1, "1 or more");
        Alternatives(panel.EffectiveAlternatives, $"{path}.effectiveAlternatives", errors);
        SameModels(panel.Reliability.Keys, panel.Models, $"{path}.reliability", errors);
        foreach (var (model, reliability) in panel.Reliability)
        {
            Reliability(reliability, panel.Questions, $"{path}.reliability[\"{model}\"]", errors);
        }

        var learned = panel.Learned is { } body ? LearnedReader.Read(body, panel, $"{path}.learned", errors) : null;
        var calibrations = CalibrationReader.Read(panel, $"{path}.calibrations", errors);
        return errors.Count > before ? null : new FittedPanel(
            new PanelFit
            {
                Models = panel.Models,
                Kind = Enum.Parse<AnswerKind>(panel.Kind.ToString()),
                Questions = panel.Questions,
                Reliability = panel.Reliability.ToFrozenDictionary(
                    r => r.Key,
                    r => new ModelReliability(r.Value.Value, r.Value.Low, r.Value.High, r.Value.Asked, r.Value.Right, r.Value.ByCategory),
                    StringComparer.Ordinal),
                EffectiveAlternatives = new EffectiveAlternativesEstimate(
                    panel.EffectiveAlternatives.Value, panel.EffectiveAlternatives.Pairs, panel.EffectiveAlternatives.Same),
                Learned = learned,
                Calibrations = calibrations,
            },
            panel.DataSha256);
    }

    /// <summary>Adds a violation unless the names are those of the panel's models.</summary>
    public static void SameModels(IEnumerable<string> names, IReadOnlyList<string> models, string path, DocumentErrors errors)
    {
        if (!names.ToHashSet(StringComparer.Ordinal).SetEquals(models))
        {
            errors.Add(path, FieldCodes.InvalidValue, "There must be one entry per model of the panel, and no other.", models);
        }
    }

    /// <summary>Adds a violation unless the text can name something.</summary>
    public static void Name(string name, int most, string path, DocumentErrors errors)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.Add(path, FieldCodes.Required, "The name is empty.");
        }
        else if (name.Length > most)
        {
            errors.Add(path, FieldCodes.TooLong, $"The name has {name.Length} characters.", $"at most {most} characters");
        }
        else if (name.Any(char.IsControl))
        {
            errors.Add(path, FieldCodes.ControlCharacters, "The name has control characters.", "well-formed Unicode without control characters");
        }
    }

    private static void Models(IReadOnlyList<string> models, string path, DocumentErrors errors)
    {
        if (models.Count is 0 or > Limits.AggregateAnswers)
        {
            errors.Add(
                path, models.Count == 0 ? FieldCodes.TooFew : FieldCodes.TooMany, $"There are {models.Count} models.", $"1 to {Limits.AggregateAnswers}");
        }

        for (var i = 0; i < models.Count; i++)
        {
            Name(models[i], Limits.ModelCharacters, $"{path}[{i}]", errors);
            if (i > 0 && string.CompareOrdinal(models[i - 1], models[i]) >= 0)
            {
                errors.Add(
                    $"{path}[{i}]", FieldCodes.InvalidValue, $"{DocumentErrors.Shown(models[i])} does not come after the model before it.",
                    "ordinal order, each model once");
            }
        }
    }

    private static void Alternatives(EffectiveAlternativesBody alternatives, string path, DocumentErrors errors)
    {
        errors.Range($"{path}.value", alternatives.Value, alternatives.Value > 2, "above 2");
        errors.Range($"{path}.pairs", alternatives.Pairs, alternatives.Pairs >= 0, "0 or more");
        errors.Range($"{path}.same", alternatives.Same, alternatives.Same >= 0 && alternatives.Same <= alternatives.Pairs, "0 to pairs");
    }

    private static void Reliability(ReliabilityBody reliability, int questions, string path, DocumentErrors errors)
    {
        errors.Range($"{path}.value", reliability.Value, reliability.Value is > 0 and < 1, "within 0 and 1, and neither");
        errors.Share($"{path}.low", reliability.Low);
        errors.Range($"{path}.high", reliability.High, reliability.High >= reliability.Low && reliability.High <= 1, "low to 1");
        errors.Range($"{path}.asked", reliability.Asked, reliability.Asked >= 0 && reliability.Asked <= questions, "0 to questions");
        errors.Range($"{path}.right", reliability.Right, reliability.Right >= 0 && reliability.Right <= reliability.Asked, "0 to asked");
        foreach (var (category, value) in reliability.ByCategory)
        {
            Name(category, Limits.LabelCharacters, $"{path}.byCategory", errors);
            errors.Range($"{path}.byCategory[\"{category}\"]", value, value is > 0 and < 1, "within 0 and 1, and neither");
        }
    }
}
