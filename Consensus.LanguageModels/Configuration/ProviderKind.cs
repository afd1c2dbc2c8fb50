namespace Consensus.LanguageModels.Configuration;

/// <summary>The protocols a provider can speak.</summary>
internal static class ProviderKind
{
    /// <summary>Any endpoint compatible with OpenAI's chat completions.</summary>
    public const string OpenAi = "openai";

    public const string Anthropic = "anthropic";

    public const string Ollama = "ollama";

    /// <summary>The model simulator: OpenAI's protocol, no key, answers made up.</summary>
    public const string Simulator = "simulator";

    public static readonly IReadOnlyList<string> All = [OpenAi, Anthropic, Ollama, Simulator];

    /// <summary>The kind of a provider whose configuration names none: a well-known provider is known by its name.</summary>
    public static string? OfName(string provider) => provider switch
    {
        OpenAi or Anthropic or Ollama or Simulator => provider,
        BuiltInSimulator.Provider => Simulator,
        _ => null,
    };

    /// <summary>Whether a temperature and a seed are sent: without them no answer is bound to be the same again.</summary>
    public static bool TakesSampling(string kind) => kind != Anthropic;

    public static Uri DefaultEndpoint(string kind) => kind switch
    {
        Anthropic => new Uri("https://api.anthropic.com"),
        Ollama => new Uri("http://localhost:11434"),
        Simulator => BuiltInSimulator.Endpoint,
        _ => new Uri("https://api.openai.com/v1"),
    };
}
