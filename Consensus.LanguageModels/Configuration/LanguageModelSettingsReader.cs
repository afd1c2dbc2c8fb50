using Microsoft.Extensions.Configuration;

namespace Consensus.LanguageModels.Configuration;

/// <summary>Reads the sections <c>Providers</c>, <c>Panels</c>, <c>Network</c> and <c>Telemetry</c>; works with an empty configuration.</summary>
internal static class LanguageModelSettingsReader
{
    public static void Fill(LanguageModelSettings settings, IConfiguration configuration)
    {
        var errors = new List<string>();
        var endpoints = new EndpointReader(configuration);
        settings.AllowLinkLocal = new SectionReader(configuration.GetSection("Network"), errors).Flag("AllowLinkLocal", fallback: false);
        var sections = configuration.GetSection("Providers").GetChildren().ToList();
        var providers = sections.ConvertAll(section => ProviderReader.Read(section, endpoints, settings.AllowLinkLocal, errors));

        // The simulator is there unless its section says otherwise.
        if (!sections.Exists(s => s.Key.Equals(BuiltInSimulator.Provider, StringComparison.OrdinalIgnoreCase)))
        {
            providers.Add(new ProviderSettings
            {
                Name = BuiltInSimulator.Provider,
                Kind = ProviderKind.Simulator,
                Endpoint = BuiltInSimulator.Endpoint,
                OwnEndpoint = true,
                MaxConcurrency = BuiltInSimulator.MaxConcurrency,
                MaxTokensMember = ProviderSettings.MaxTokens,
                Models = BuiltInSimulator.Models,
            });
        }

        var known = providers.SelectMany(p => p.Models.Select(m => $"{p.Name}/{m.Name}")).ToHashSet(StringComparer.Ordinal);
        settings.Providers = providers;
        settings.Panels = PanelReader.Read(configuration, known, errors);
        settings.CaptureContent = new SectionReader(configuration.GetSection("Telemetry"), errors).Flag("CaptureContent", fallback: false);
        settings.Errors = errors;
    }
}
