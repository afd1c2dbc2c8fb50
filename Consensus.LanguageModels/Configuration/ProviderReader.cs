using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.Configuration;

namespace Consensus.LanguageModels.Configuration;

/// <summary>Reads one section <c>Providers:{name}</c>.</summary>
internal static class ProviderReader
{
    private const int HourMs = 3_600_000;

    public static ProviderSettings Read(IConfigurationSection section, EndpointReader endpoints, bool allowLinkLocal, List<string> errors)
    {
        var reader = new SectionReader(section, errors);
        reader.OnlyMembers("Kind", "Endpoint", "AllowPlainHttp", "Key", "Models", "MaxConcurrency", "TimeoutMs", "MaxTokensMember", "StructuredOutput", "Retry", "Breaker", "Enabled");
        var name = section.Key.ToLowerInvariant();
        if (!SettingName.IsGood(name))
            errors.Add($"{section.Path}: {SettingName.Rule}");

        // With an error the start ends anyway; reading on with a fallback finds the others.
        var known = Kind(reader, name);
        var kind = known ?? ProviderKind.OpenAi;
        var standard = ProviderKind.DefaultEndpoint(kind);
        var configured = endpoints.Read(reader, allowLinkLocal);
        if (known == ProviderKind.OpenAi && name != ProviderKind.OpenAi && reader.Text("Endpoint") is null)
            reader.Error("Endpoint", $"is missing; only the provider named '{ProviderKind.OpenAi}' has a standard one, so that no key goes to a stranger.");
        var endpoint = configured ?? standard;
        var models = ModelReader.Read(reader, name, errors);
        var key = Key(reader);
        var enabled = reader.Flag("Enabled", fallback: true);
        var timeout = reader.Milliseconds("TimeoutMs", TimeSpan.FromMilliseconds(Contracts.Limits.DefaultCallTimeoutMs), 1, HourMs);
        var concurrency = reader.Whole("MaxConcurrency", kind == ProviderKind.Simulator ? BuiltInSimulator.MaxConcurrency : 16, 1, 10_000);
        var member = MaxTokensMember(reader);
        var structured = Structured(reader);
        var retry = Retry(reader.Child("Retry"));
        var breaker = Breaker(reader.Child("Breaker"));

        return new ProviderSettings
        {
            Name = name,
            Kind = kind,
            Endpoint = endpoint,
            OwnEndpoint = endpoint.Host != standard.Host,
            Enabled = enabled,
            Key = key,
            Models = models.Count == 0 && name == BuiltInSimulator.Provider ? BuiltInSimulator.Models : models,
            Timeout = timeout,
            MaxConcurrency = concurrency,
            MaxTokensMember = member ?? (IsOpenAi(endpoint) ? ProviderSettings.MaxCompletionTokens : ProviderSettings.MaxTokens),
            StructuredOutput = structured,
            Retry = retry,
            Breaker = breaker,
        };
    }

    private static string? Kind(SectionReader reader, string name)
    {
        if (reader.Text("Kind") is not { } text)
        {
            if (ProviderKind.OfName(name) is { } known)
                return known;
            reader.Error("Kind", $"is missing; allowed are {string.Join(", ", ProviderKind.All)}.");
            return null;
        }

        var kind = text.ToLowerInvariant();
        if (ProviderKind.All.Contains(kind))
            return kind;
        reader.Error("Kind", $"is none of {string.Join(", ", ProviderKind.All)}.");
        return null;
    }

    private static string? Key(SectionReader reader)
    {
        var key = reader.Text("Key");
        if (key is not null && key.Any(c => c is <= ' ' or > '~'))
            reader.Error("Key", "must be printable ASCII without spaces.");
        return key;
    }

    private static string? MaxTokensMember(SectionReader reader)
    {
        var member = reader.Text("MaxTokensMember");
        if (member is null or ProviderSettings.MaxTokens or ProviderSettings.MaxCompletionTokens)
            return member;
        reader.Error("MaxTokensMember", $"must be {ProviderSettings.MaxTokens} or {ProviderSettings.MaxCompletionTokens}.");
        return null;
    }

    private static StructuredOutput Structured(SectionReader reader)
    {
        switch (reader.Text("StructuredOutput")?.ToLowerInvariant())
        {
            case null or "json_schema": return StructuredOutput.JsonSchema;
            case "json_object": return StructuredOutput.JsonObject;
            case "off": return StructuredOutput.Off;
            default:
                reader.Error("StructuredOutput", "must be json_schema, json_object or off.");
                return StructuredOutput.JsonSchema;
        }
    }

    private static RetrySettings Retry(SectionReader reader)
    {
        var standard = new RetrySettings();
        reader.OnlyMembers("MaxAttempts", "DelayMs");
        return new RetrySettings
        {
            MaxAttempts = reader.Whole("MaxAttempts", standard.MaxAttempts, 1, 10),
            Delay = reader.Milliseconds("DelayMs", standard.Delay, 0, 60_000),
        };
    }

    private static BreakerSettings Breaker(SectionReader reader)
    {
        var standard = new BreakerSettings();
        reader.OnlyMembers("FailureRatio", "MinimumCalls", "WindowMs", "BreakMs");
        return new BreakerSettings
        {
            FailureRatio = reader.Between("FailureRatio", 0, 1, maxIncluded: true) ?? standard.FailureRatio,
            MinimumCalls = reader.Whole("MinimumCalls", standard.MinimumCalls, 2, 10_000),
            Window = reader.Milliseconds("WindowMs", standard.Window, 500, HourMs),
            Break = reader.Milliseconds("BreakMs", standard.Break, 500, HourMs),
        };
    }

    /// <summary>OpenAI itself and Azure want the newer member; compatible servers know the older one.</summary>
    private static bool IsOpenAi(Uri endpoint) =>
        endpoint.Host == "api.openai.com" || endpoint.Host.EndsWith(".azure.com", StringComparison.Ordinal);
}
