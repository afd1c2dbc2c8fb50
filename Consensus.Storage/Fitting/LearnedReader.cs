using System.Collections.Frozen;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Fitting;
using Consensus.Core.Evaluation;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Fitting;

/// <summary>What the document says of a learned vote, checked.</summary>
internal static class LearnedReader
{
    private const int Cuts = 3;
    private const int ReasonCharacters = 1_000;

    // Beyond e^100 to one nothing changes any more, and sums of such scores stay finite.
    private const double MostNats = 100;

    public static PanelLearnedVote Read(LearnedVoteBody learned, FittedPanelBody panel, string path, DocumentErrors errors)
    {
        if (panel.Questions < LearnedSelection.LeastQuestions)
        {
            errors.Add(
                path, FieldCodes.Contradiction,
                $"A learned vote takes {LearnedSelection.LeastQuestions} labelled questions or more; the panel has {panel.Questions}.");
        }

        PanelReader.Name(learned.Reason, ReasonCharacters, $"{path}.reason", errors);
        errors.Range($"{path}.gain.high", learned.Gain.High, learned.Gain.High >= learned.Gain.Low, "low or more");
        errors.Share($"{path}.accuracy", learned.Accuracy);
        errors.Share($"{path}.pluralityAccuracy", learned.PluralityAccuracy);
        errors.Share($"{path}.auroc", learned.Auroc);
        errors.Share($"{path}.shareAuroc", learned.ShareAuroc);
        Nats($"{path}.outside", learned.Outside, errors);
        if (learned.Adopted && learned.Gain.Low <= 0)
        {
            errors.Add($"{path}.adopted", FieldCodes.Contradiction, "A vote whose gain may be nought or less cannot be adopted.");
        }

        PanelReader.SameModels(learned.Models.Keys, panel.Models, $"{path}.models", errors);
        foreach (var (name, model) in learned.Models)
        {
            Model(model, learned.UsesLengths, $"{path}.models[\"{name}\"]", errors);
        }

        if (!learned.UsesCategories && learned.Categories.Count > 0)
        {
            errors.Add($"{path}.categories", FieldCodes.Contradiction, "There are categories, although `usesCategories` is false.");
        }

        foreach (var (name, category) in learned.Categories)
        {
            Category(name, category, panel, $"{path}.categories[\"{name}\"]", errors);
        }

        return new PanelLearnedVote(
            new LearnedWeights
            {
                Outside = learned.Outside,
                Models = learned.Models.ToFrozenDictionary(
                    m => m.Key, m => new LearnedModel(m.Value.Weight, m.Value.LengthCuts, m.Value.LengthWeights), StringComparer.Ordinal),
                Categories = learned.Categories.ToFrozenDictionary(
                    c => c.Key, c => new LearnedCategory(c.Value.Outside, c.Value.Weights.ToFrozenDictionary(StringComparer.Ordinal)), StringComparer.Ordinal),
            },
            new LearnedShape(learned.UsesCategories, learned.UsesLengths),
            new GuardReport(
                learned.Adopted, learned.Reason, new BootstrapInterval(learned.Gain.Value, learned.Gain.Low, learned.Gain.High),
                learned.Accuracy, learned.PluralityAccuracy, learned.Auroc, learned.ShareAuroc));
    }

    private static void Model(LearnedModelBody model, bool usesLengths, string path, DocumentErrors errors)
    {
        Nats($"{path}.weight", model.Weight, errors);
        if (usesLengths != (model.LengthCuts is not null) || usesLengths != (model.LengthWeights is not null))
        {
            errors.Add(path, FieldCodes.Contradiction, "`lengthCuts` and `lengthWeights` stand there if and only if `usesLengths` is true.");
            return;
        }

        if (model is not { LengthCuts: { } cuts, LengthWeights: { } weights })
        {
            return;
        }

        Exactly(Cuts, cuts.Count, $"{path}.lengthCuts", errors);
        Exactly(Cuts + 1, weights.Count, $"{path}.lengthWeights", errors);
        for (var i = 0; i < cuts.Count; i++)
        {
            errors.Range($"{path}.lengthCuts[{i}]", cuts[i], cuts[i] >= 0, "0 or more");
            if (i > 0 && cuts[i] < cuts[i - 1])
            {
                errors.Add($"{path}.lengthCuts[{i}]", FieldCodes.OutOfRange, $"{cuts[i]} comes after {cuts[i - 1]}.", $"{cuts[i - 1]} or more");
            }
        }

        for (var i = 0; i < weights.Count; i++)
        {
            Nats($"{path}.lengthWeights[{i}]", weights[i], errors);
        }
    }

    private static void Category(string name, LearnedCategoryBody category, FittedPanelBody panel, string path, DocumentErrors errors)
    {
        PanelReader.Name(name, Limits.LabelCharacters, path, errors);
        Nats($"{path}.outside", category.Outside, errors);
        PanelReader.SameModels(category.Weights.Keys, panel.Models, $"{path}.weights", errors);
        foreach (var (model, weight) in category.Weights)
        {
            Nats($"{path}.weights[\"{model}\"]", weight, errors);
        }
    }

    private static void Exactly(int wanted, int count, string path, DocumentErrors errors)
    {
        if (count != wanted)
        {
            errors.Add(path, count < wanted ? FieldCodes.TooFew : FieldCodes.TooMany, $"There are {count} numbers.", $"{wanted} numbers");
        }
    }

    private static void Nats(string path, double value, DocumentErrors errors) =>
        errors.Range(path, value, Math.Abs(value) <= MostNats, $"-{MostNats} to {MostNats}");
}
