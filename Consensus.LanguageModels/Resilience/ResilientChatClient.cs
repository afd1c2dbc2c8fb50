using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Providers;
using Microsoft.Extensions.AI;
using Polly;

namespace Consensus.LanguageModels.Resilience;

/// <summary>Asks a bare client under the deadline of the call, through the model's pipeline. Failures leave as <see cref="ModelCallException"/>, a caller's own cancellation as itself.</summary>
internal sealed class ResilientChatClient(IChatClient inner, ProviderSettings provider, ResiliencePipeline pipeline, PipelineWatch watch, TimeProvider time)
    : WholeAnswerChatClient(inner)
{
    private readonly ResilientCall _call = new(provider, pipeline, watch, time);

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (limit, progress) = options is ModelChatOptions own ? (own.CallTimeout, own.Progress) : (null, new CallProgress());
        return _call.ExecuteAsync((exchange, token) => SendAsync(messages, options, exchange, token), limit, progress, cancellationToken);
    }

    private async Task<ChatResponse> SendAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, Exchange exchange, CancellationToken cancellationToken) =>
        ProviderWords.Clean(exchange.Restore(await base.GetResponseAsync(messages, options, cancellationToken)), provider.Key);
}
