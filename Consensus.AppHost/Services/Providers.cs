using Microsoft.Extensions.Configuration;

namespace Consensus.AppHost.Services;

/// <summary>The providers and panels of this host's configuration, for the services that call models: keys as secret parameters, all else as it stands.</summary>
internal sealed class Providers
{
    private const string Section = "Providers";

    private static readonly (string Provider, string Variable)[] s_wellKnown = [("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY")];

    private readonly List<(string Variable, string Value)> _settings = [];
    private readonly List<(string Variable, IResourceBuilder<ParameterResource> Key)> _keys = [];

    private Providers()
    {
    }

    /// <summary>Reads them once: a parameter's name stands for one resource, however many services take it.</summary>
    public static Providers Of(IDistributedApplicationBuilder builder)
    {
        var providers = new Providers();
        foreach (var section in (string[])[Section, "Panels"])
        {
            foreach (var (path, value) in builder.Configuration.GetSection(section).AsEnumerable().OrderBy(setting => setting.Key, StringComparer.Ordinal))
            {
                if (value is not null && !IsKey(path))
                {
                    providers._settings.Add((Variable(path), value));
                }
            }
        }

        foreach (var (provider, key) in ConfiguredKeys(builder.Configuration))
        {
            // A key that is not set makes no parameter: one without a value would hold the start for ever.
            providers._keys.Add((Variable($"{Section}:{provider}:Key"), builder.AddParameter(ParameterName(provider), key, secret: true)));
        }

        return providers;
    }

    /// <summary>Hands them on to a service.</summary>
    public void GiveTo(IResourceBuilder<ProjectResource> service)
    {
        foreach (var (variable, value) in _settings)
        {
            service.WithEnvironment(variable, value);
        }

        foreach (var (variable, key) in _keys)
        {
            service.WithEnvironment(variable, key);
        }
    }

    private static SortedDictionary<string, string> ConfiguredKeys(ConfigurationManager configuration)
    {
        var keys = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (provider, variable) in s_wellKnown)
        {
            if (configuration[variable] is { Length: > 0 } key)
            {
                keys[provider] = key;
            }
        }

        foreach (var provider in configuration.GetSection(Section).GetChildren())
        {
            if (provider["Key"] is { Length: > 0 } key)
            {
                keys[provider.Key] = key;
            }
        }

        return keys;
    }

    private static bool IsKey(string path) => path.Split(':') is [Section, _, var member] && member.Equals("Key", StringComparison.OrdinalIgnoreCase);

    private static string Variable(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    // Names of resources hold letters, digits and single hyphens only.
    private static string ParameterName(string provider) =>
        $"{string.Join('-', provider.ToLowerInvariant().Split(provider.ToLowerInvariant().Where(c => !char.IsAsciiLetterOrDigit(c)).ToArray(), StringSplitOptions.RemoveEmptyEntries))}-key";
}

/// <summary>Hands the providers on.</summary>
internal static class ProviderExtensions
{
    public static IResourceBuilder<ProjectResource> WithProviders(this IResourceBuilder<ProjectResource> service, Providers providers)
    {
        providers.GiveTo(service);
        return service;
    }
}
