using Microsoft.Extensions.Configuration;

namespace Consensus.AppHost.Services;

/// <summary>Hands the providers and panels of this host's configuration on to the API: keys as secret parameters, all else as it stands.</summary>
internal static class Providers
{
    private const string Section = "Providers";

    private static readonly (string Provider, string Variable)[] s_wellKnown = [("openai", "OPENAI_API_KEY"), ("anthropic", "ANTHROPIC_API_KEY")];

    public static IResourceBuilder<ProjectResource> WithProviders(this IResourceBuilder<ProjectResource> api, IDistributedApplicationBuilder builder)
    {
        foreach (var section in (string[])[Section, "Panels"])
        {
            foreach (var (path, value) in builder.Configuration.GetSection(section).AsEnumerable().OrderBy(setting => setting.Key, StringComparer.Ordinal))
            {
                if (value is not null && !IsKey(path))
                {
                    api.WithEnvironment(Variable(path), value);
                }
            }
        }

        foreach (var (provider, key) in ConfiguredKeys(builder.Configuration))
        {
            // A key that is not set makes no parameter: one without a value would hold the start for ever.
            api.WithEnvironment(Variable($"{Section}:{provider}:Key"), builder.AddParameter(ParameterName(provider), key, secret: true));
        }

        return api;
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
