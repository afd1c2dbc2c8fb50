using Consensus.Contracts;
using Consensus.LanguageModels.Configuration;
using Microsoft.Extensions.Logging;

namespace Consensus.LanguageModels.Catalog;

/// <summary>Makes the catalog of what can be used, and says once what was left out.</summary>
internal static partial class CatalogBuilder
{
    public const string DefaultPanel = "default";

    public static ModelCatalog Build(LanguageModelSettings settings, ILogger logger)
    {
        var models = new List<ModelEntry>();
        foreach (var provider in settings.Providers)
        {
            if (WhyLeftOut(provider) is { } reason)
                LeftOut(logger, provider.Name, reason);
            else
                models.AddRange(provider.Models.Select(m => Entry(provider, m)));
        }

        var panels = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var usable = models.Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, members) in settings.Panels)
        {
            var present = members.Where(usable.Contains).ToList();
            if (present.Count == 0)
                PanelEmpty(logger, name, string.Join(", ", members));
            else if (present.Count < members.Count)
                PanelShrunk(logger, name, present.Count, members.Count, string.Join(", ", members.Except(present)));
            if (present.Count > 0)
                panels[name] = present;
        }

        // Answers that are made up must not take the place of a panel that somebody chose.
        if (!panels.ContainsKey(DefaultPanel))
            panels[DefaultPanel] = settings.Panels.ContainsKey(DefaultPanel) ? [] : Standard(models, logger);

        return new ModelCatalog { Models = models, Panels = panels };
    }

    /// <summary>All usable models that are not simulated; without any, the simulated ones.</summary>
    private static List<string> Standard(List<ModelEntry> models, ILogger logger)
    {
        var real = models.Where(m => m.ProviderKind != ProviderKind.Simulator).ToList();
        var members = (real.Count > 0 ? real : models).Select(m => m.Id).ToList();
        if (members.Count == 0)
            NoModels(logger);
        else if (real.Count == 0)
            SimulatedOnly(logger);
        if (members.Count > Limits.PanelModels)
            PanelCapped(logger, members.Count, Limits.PanelModels);
        return [.. members.Take(Limits.PanelModels)];
    }

    /// <summary>Why a provider is never asked anything; <c>null</c> when it may be.</summary>
    public static string? WhyNotAsked(ProviderSettings provider) => provider switch
    {
        { Enabled: false } => "it is switched off",
        { Kind: ProviderKind.OpenAi, Key: null, OwnEndpoint: false } or { Kind: ProviderKind.Anthropic, Key: null } => "it has no key",
        _ => null,
    };

    private static string? WhyLeftOut(ProviderSettings provider) =>
        WhyNotAsked(provider) ?? (provider.Models.Count == 0 ? $"it has no models; list them under Providers:{provider.Name}:Models" : null);

    private static ModelEntry Entry(ProviderSettings provider, ModelSettings model) => new()
    {
        Id = $"{provider.Name}/{model.Name}",
        Provider = provider.Name,
        ProviderKind = provider.Kind,
        Name = model.Name,
        Family = model.Family,
        StructuredOutput = provider.StructuredOutput,
        InputUsdPerMillion = model.InputUsdPerMillion,
        OutputUsdPerMillion = model.OutputUsdPerMillion,
        Reliability = model.Reliability,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "The provider {Provider} is left out of the catalog: {Reason}.")]
    private static partial void LeftOut(ILogger logger, string provider, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The panel {Panel} has {Present} of its {Configured} models; not usable: {Missing}.")]
    private static partial void PanelShrunk(ILogger logger, string panel, int present, int configured, string missing);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The panel {Panel} is empty: none of its models is usable: {Missing}.")]
    private static partial void PanelEmpty(ILogger logger, string panel, string missing);

    [LoggerMessage(Level = LogLevel.Information, Message = "No provider is configured: the default panel is simulated, its answers are made up.")]
    private static partial void SimulatedOnly(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No model is usable: the default panel is empty.")]
    private static partial void NoModels(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Configured} models are usable; the default panel takes the first {Allowed}. Configure Panels:default to choose.")]
    private static partial void PanelCapped(ILogger logger, int configured, int allowed);
}
