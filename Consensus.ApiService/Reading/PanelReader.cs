using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Reading;

/// <summary>Who is asked, and how often each.</summary>
/// <param name="Name">The panel's name, where one was named or stands in for none.</param>
/// <param name="Models">The models in the order asked; empty where the request is wrong about them.</param>
/// <param name="Samples">Answers per model.</param>
internal sealed record AskedPanel(string? Name, IReadOnlyList<ModelEntry> Models, int Samples)
{
    /// <summary>How many answers are asked for; <c>null</c> where the models are not known.</summary>
    public int? Answers => Models.Count > 0 ? Models.Count * Samples : null;
}

/// <summary>Reads <c>models</c> or <c>panel</c>, and <c>samplesPerModel</c>.</summary>
internal static class PanelReader
{
    private const string DefaultPanel = "default";

    public static AskedPanel Read(ObjectReader request, ModelCatalog catalog, DecisionPolicy policy)
    {
        if (request.Has("models") && request.Has("panel"))
        {
            request.Contradiction("panel", "Give either `models` or `panel`, not both.");
        }

        var name = request.OneOf("panel", [.. catalog.Panels.Keys], FieldCodes.UnknownPanel);
        var isSelf = policy.Name == Strategies.SelfConsistency;
        var samples = request.Whole("samplesPerModel", 1, Limits.SamplesPerModel);
        var isNamed = request.Has("models") || request.Has("panel");
        var panel = new AskedPanel(
            isNamed ? name : DefaultPanel,
            request.Has("models") ? Named(request, catalog) : isNamed && name is null ? [] : OfPanel(name ?? DefaultPanel, catalog, request),
            samples ?? (isSelf ? Limits.SelfConsistencySamples : 1));
        if (isSelf)
        {
            CheckSelfConsistency(request, panel, samples);
        }

        if (panel.Answers > Limits.AnswersPerRun)
        {
            request.Violations.Add("samplesPerModel", FieldCodes.TooMany,
                $"{panel.Models.Count} models × {panel.Samples} samples are {panel.Answers} answers; at most {Limits.AnswersPerRun} are allowed.",
                Allowed.Range(1, Math.Max(1, Limits.AnswersPerRun / panel.Models.Count)));
        }

        return panel;
    }

    private static List<ModelEntry> Named(ObjectReader request, ModelCatalog catalog)
    {
        var models = new List<ModelEntry>();
        if (request.Items("models", 1, Limits.PanelModels) is not { } items)
        {
            return models;
        }

        var isWrong = false;
        foreach (var (value, field) in items)
        {
            if (Texts.Read(value, field, request.Violations) is not { } id)
            {
                isWrong = true;
            }
            else if (catalog.Find(id) is not { } model)
            {
                isWrong = true;
                request.Violations.Add(field, FieldCodes.UnknownModel, $"There is no model {Shown.Text(id)}.", Allowed.Names(catalog.Models.Select(m => m.Id)));
            }
            else if (models.Contains(model))
            {
                isWrong = true;
                request.Violations.Add(field, FieldCodes.Duplicate, $"{Shown.Text(id)} stands in the list already; for more answers of one model use `samplesPerModel`.");
            }
            else
            {
                models.Add(model);
            }
        }

        return isWrong ? [] : models;
    }

    private static List<ModelEntry> OfPanel(string name, ModelCatalog catalog, ObjectReader request)
    {
        var ids = catalog.Panels.TryGetValue(name, out var listed) ? listed : [];
        if (ids.Count is 0 or > Limits.PanelModels)
        {
            request.Violations.Add("panel", ids.Count == 0 ? FieldCodes.UnknownPanel : FieldCodes.TooMany,
                $"The panel {Shown.Text(name)} has {ids.Count} models; 1 to {Limits.PanelModels} can be asked.", Allowed.Names(catalog.Panels.Keys));
            return [];
        }

        return [.. ids.Select(id => catalog.Find(id)!)];
    }

    private static void CheckSelfConsistency(ObjectReader request, AskedPanel panel, int? samples)
    {
        if (panel.Models.Count > 1)
        {
            request.Violations.Add(request.Has("panel") ? "panel" : "models", FieldCodes.Contradiction,
                $"The strategy {Strategies.SelfConsistency} asks one model several times; {panel.Models.Count} models are named. Name one in `models`.", Allowed.Words("exactly 1 model"));
        }

        if (samples == 1)
        {
            request.Violations.Add("samplesPerModel", FieldCodes.Contradiction,
                $"The strategy {Strategies.SelfConsistency} needs at least 2 samples.", Allowed.Range(2, Limits.SamplesPerModel));
        }
    }
}
