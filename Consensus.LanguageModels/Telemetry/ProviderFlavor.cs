using Consensus.LanguageModels.Configuration;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>
/// What stands in <c>gen_ai.provider.name</c>: the well-known value of the semantic conventions where the protocol or the host tells it, which must then be
/// used, else the configured name. Source: registry of attributes, <c>gen_ai.provider.name</c>, in
/// https://github.com/open-telemetry/semantic-conventions-genai.
/// </summary>
internal static class ProviderFlavor
{
    /// <summary>Hosts, and the ends of hosts where they begin with a dot, of services that speak OpenAI's protocol.</summary>
    private static readonly (string Host, string Flavor)[] Known =
    [
        ("api.openai.com", "openai"),
        (".openai.azure.com", "azure.ai.openai"),
        (".inference.ai.azure.com", "azure.ai.inference"),
        (".services.ai.azure.com", "azure.ai.inference"),
        ("api.anthropic.com", "anthropic"),
        ("generativelanguage.googleapis.com", "gcp.gemini"),
        ("aiplatform.googleapis.com", "gcp.vertex_ai"),
        ("-aiplatform.googleapis.com", "gcp.vertex_ai"),
        (".ml.cloud.ibm.com", "ibm.watsonx.ai"),
        ("api.cohere.ai", "cohere"),
        ("api.cohere.com", "cohere"),
        ("api.deepseek.com", "deepseek"),
        ("api.groq.com", "groq"),
        ("api.mistral.ai", "mistral_ai"),
        ("api.moonshot.ai", "moonshot_ai"),
        ("api.moonshot.cn", "moonshot_ai"),
        ("api.perplexity.ai", "perplexity"),
        ("api.x.ai", "x_ai"),
    ];

    public static string Of(string kind, Uri endpoint, string configured)
    {
        if (kind == ProviderKind.Anthropic)
            return "anthropic";
        // Of Amazon's hosts only these: whoever runs a model there on a machine of their own has a name below the same end.
        if (endpoint.Host.StartsWith("bedrock", StringComparison.OrdinalIgnoreCase)
            && endpoint.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase))
            return "aws.bedrock";
        foreach (var (host, flavor) in Known)
        {
            if (host[0] is '.' or '-'
                ? endpoint.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)
                : endpoint.Host.Equals(host, StringComparison.OrdinalIgnoreCase))
                return flavor;
        }

        return configured;
    }
}
