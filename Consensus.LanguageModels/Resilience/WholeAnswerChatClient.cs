using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Resilience;

/// <summary>A decorator under which a streamed answer is a whole one handed over in updates: every way to ask passes through the same limits.</summary>
internal abstract class WholeAnswerChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }
}
