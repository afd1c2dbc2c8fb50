using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using Anthropic;
using Consensus.LanguageModels.Configuration;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;
using OpenAI.Chat;

namespace Consensus.LanguageModels.Providers;

/// <summary>Makes the bare client of a model, for each kind of provider. The libraries' own retries, time-outs and telemetry are off: ours hold.</summary>
internal static class ProviderClients
{
    public static IChatClient Create(ProviderSettings provider, string model, HttpClient http) => provider.Kind switch
    {
        ProviderKind.Anthropic => ForAnthropic(provider, model, http),
        ProviderKind.Ollama => ForOllama(provider, model, http),
        _ => ForOpenAi(provider, model, http),
    };

    private static IChatClient ForOpenAi(ProviderSettings provider, string model, HttpClient http)
    {
#pragma warning disable OPENAI001 // The only constructor that takes a provider without a key.
        var client = new ChatClient(model, new BearerKey(provider.Key), OpenAiOptions(provider, http)).AsIChatClient();
#pragma warning restore OPENAI001
        return provider.MaxTokensMember == ProviderSettings.MaxTokens ? new MaxTokensClient(client) : client;
    }

    private static IChatClient ForAnthropic(ProviderSettings provider, string model, HttpClient http) => new AnthropicClient
    {
        HttpClient = http,
        BaseUrl = provider.Endpoint.AbsoluteUri.TrimEnd('/'),
        ApiKey = provider.Key!,
        MaxRetries = 0,
        Timeout = provider.Timeout + TimeSpan.FromMinutes(1),
        OpenTelemetry = false,
    }.AsIChatClient(model, Contracts.Limits.DefaultMaxOutputTokens);

    internal static OpenAIClientOptions OpenAiOptions(ProviderSettings provider, HttpClient http) => new()
    {
        Endpoint = provider.Endpoint,
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        EnableDistributedTracing = false,
        ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
    };

    internal static OllamaApiClient ForOllama(ProviderSettings provider, string model, HttpClient http)
    {
        http.BaseAddress = new Uri(provider.Endpoint.AbsoluteUri.TrimEnd('/') + "/");
        // Ollama has no keys; a proxy in front of it may.
        if (provider.Key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", provider.Key);
        return new OllamaApiClient(http, model);
    }

    /// <summary>Sends the key where there is one; a local server may need none.</summary>
    internal sealed class BearerKey(string? key) : AuthenticationPolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Set(message);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Set(message);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }

        private void Set(PipelineMessage message)
        {
            if (key is not null)
                message.Request.Headers.Set("Authorization", $"Bearer {key}");
        }
    }
}
