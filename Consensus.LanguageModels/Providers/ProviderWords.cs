using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Providers;

/// <summary>What a provider says about itself goes into responses, logs and spans, so it must be short, plain and never an echo of the key.</summary>
internal static class ProviderWords
{
    private const int Characters = 128;

    /// <summary>A shorter key may be a word of an answer; those that providers give out are longer.</summary>
    private const int KeyCharacters = 12;

    public static ChatResponse Clean(ChatResponse response, string? key)
    {
        response.ModelId = Plain(response.ModelId, key);
        response.ResponseId = Plain(response.ResponseId, key);
        if (response.FinishReason is { } reason && !(Plain(reason.Value, key) is { Length: <= 32 } word && word.All(c => c is '_' or (>= 'a' and <= 'z'))))
            response.FinishReason = new ChatFinishReason("other");
        // Gateways report faults with status 200 and the key in the text: nobody who asks a question may read it.
        foreach (var text in key is { Length: >= KeyCharacters } ? response.Messages.SelectMany(m => m.Contents).OfType<TextContent>() : [])
            text.Text = text.Text?.Replace(key!, "[key]", StringComparison.OrdinalIgnoreCase);
        return response;
    }

    private static string? Plain(string? text, string? key) =>
        text is { Length: > 0 and <= Characters } && text.All(c => c is > ' ' and <= '~') && (key is null || !text.Contains(key, StringComparison.OrdinalIgnoreCase)) ? text : null;
}
