using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Calling;

/// <summary>Reads what a provider answered: a text, or a refusal, or nothing. Tokens and cost count in every case.</summary>
internal static class ReplyReader
{
    public static ModelReply Read(ChatResponse response, ModelEntry model)
    {
        var text = response.Text;
        var (failure, message) = Judge(response, text);
        var input = Count(response.Usage?.InputTokenCount);
        var output = Count(response.Usage?.OutputTokenCount);
        return new ModelReply
        {
            Text = failure is null ? text : null,
            Failure = failure,
            FailureMessage = message,
            FinishReason = response.FinishReason?.Value,
            ProviderModel = response.ModelId,
            InputTokens = input,
            OutputTokens = output,
            CostUsd = CallPrice.Of(model, input, output),
            MayBeBilled = input is null && output is null,
        };
    }

    private static (FailureReason? Reason, string? Message) Judge(ChatResponse response, string text)
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter)
            return (FailureReason.Refused, "The provider's content filter stopped the answer.");
        if (response.Messages.SelectMany(m => m.Contents).OfType<ErrorContent>().Any())
            return (FailureReason.Refused, "The model declined to answer.");
        if (response.FinishReason?.Value is "error" or "abort")
            return (FailureReason.Unavailable, "The provider broke the answer off.");
        if (!string.IsNullOrWhiteSpace(text))
            return (null, null);
        return response.FinishReason == ChatFinishReason.Length
            ? (FailureReason.Empty, "The provider's answer reached its token cap before any text.")
            : (FailureReason.Empty, "The provider answered without content.");
    }

    private static long? Count(long? tokens) => tokens is >= 0 ? tokens : null;
}
