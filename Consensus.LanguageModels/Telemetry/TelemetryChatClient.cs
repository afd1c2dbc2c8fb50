using System.Diagnostics;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Resilience;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>
/// One span and the metrics of one call, by the semantic conventions for generative AI. Prompts and answers are recorded only under our own setting
/// (<c>Telemetry:CaptureContent</c>), whatever an environment variable of the conventions says. The decorator of Microsoft.Extensions.AI is not used: it puts the model
/// that a provider claims to be into the labels of the metrics, which anybody who runs a provider could make grow without bound, names the type of an exception where
/// ours names the reason of a failure, and heeds that variable.
/// </summary>
internal sealed class TelemetryChatClient(IChatClient inner, CallTelemetry telemetry, bool captureContent) : WholeAnswerChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var span = Start(options);
        if (captureContent)
            span?.SetTag("gen_ai.input.messages", ContentJson.Of(asked));
        return await telemetry.MeasureAsync(span, (options as ModelChatOptions)?.Progress, async () =>
        {
            var response = await base.GetResponseAsync(asked, options, cancellationToken);
            Answered(span, response);
            return response;
        });
    }

    private Activity? Start(ChatOptions? options)
    {
        var span = telemetry.Start();
        if (span is not { IsAllDataRequested: true })
            return span;
        span.SetTag("gen_ai.request.max_tokens", options?.MaxOutputTokens);
        span.SetTag("gen_ai.request.temperature", options?.Temperature);
        span.SetTag("gen_ai.request.seed", options?.Seed);
        span.SetTag("gen_ai.output.type", options?.ResponseFormat is ChatResponseFormatJson ? "json" : null);
        return span;
    }

    private void Answered(Activity? span, ChatResponse response)
    {
        telemetry.Took("input", response.Usage?.InputTokenCount);
        telemetry.Took("output", response.Usage?.OutputTokenCount);
        if (span is not { IsAllDataRequested: true })
            return;
        span.SetTag("gen_ai.response.model", response.ModelId);
        span.SetTag("gen_ai.response.id", response.ResponseId);
        if (response.FinishReason is { } reason)
            span.SetTag("gen_ai.response.finish_reasons", new[] { reason.Value });
        span.SetTag("gen_ai.usage.input_tokens", response.Usage?.InputTokenCount);
        span.SetTag("gen_ai.usage.output_tokens", response.Usage?.OutputTokenCount);
        span.SetTag("gen_ai.usage.cache_read.input_tokens", response.Usage?.CachedInputTokenCount);
        span.SetTag("gen_ai.usage.reasoning.output_tokens", response.Usage?.ReasoningTokenCount);
        if (captureContent)
            span.SetTag("gen_ai.output.messages", ContentJson.Of(response.Messages, response.FinishReason?.Value ?? "unknown"));
    }
}
