using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Consensus.LanguageModels.Providers;

/// <summary>Sends the cap of output tokens as <c>max_tokens</c>, the member that servers compatible with OpenAI know, in place of OpenAI's newer one.</summary>
internal sealed class MaxTokensClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.MaxOutputTokens is not { } cap)
            return base.GetResponseAsync(messages, options, cancellationToken);
        var changed = options.Clone();
        changed.MaxOutputTokens = null;
        changed.RawRepresentationFactory = _ => WithCap(cap);
        return base.GetResponseAsync(messages, changed, cancellationToken);
    }

    private static ChatCompletionOptions WithCap(int cap)
    {
        var raw = new ChatCompletionOptions();
#pragma warning disable SCME0001 // The library's way to send a member it has no property for.
        raw.Patch.Set("$.max_tokens"u8, cap);
#pragma warning restore SCME0001
        return raw;
    }
}
