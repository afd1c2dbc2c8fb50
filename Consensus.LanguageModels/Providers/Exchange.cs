using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Providers;

/// <summary>
/// One attempt as the HTTP handler sees it. Client libraries throw many things when a good body has an unexpected shape; knowing that the provider had
/// answered tells its fault from ours.
/// </summary>
internal sealed class Exchange
{
    private static readonly AsyncLocal<Exchange?> Current = new();
    private (bool Replaced, string? Word) _finish;

    /// <summary>Whether the request was handed over to be sent.</summary>
    public bool IsSent { get; private set; }

    public bool HasAnswer { get; private set; }

    /// <summary>Begins an exchange for the calls made from here on in this asynchronous flow.</summary>
    public static Exchange Begin() => Current.Value = new Exchange();

    public static void Sending()
    {
        if (Current.Value is { } exchange)
            exchange.IsSent = true;
    }

    /// <summary>Tells the exchange of this flow that a whole answer is there, and the provider's own word for its end where another was put in its place.</summary>
    public static void Answered(bool finishReplaced, string? finishWord)
    {
        if (Current.Value is not { } exchange)
            return;
        exchange.HasAnswer = true;
        exchange._finish = (finishReplaced, finishWord);
    }

    /// <summary>Gives the response back the provider's own word for its end.</summary>
    public ChatResponse Restore(ChatResponse response)
    {
        if (_finish.Replaced)
            response.FinishReason = _finish.Word is { } word ? new ChatFinishReason(word) : null;
        return response;
    }
}
