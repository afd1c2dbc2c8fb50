using System.Diagnostics;
using Consensus.Contracts.Json;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Resilience;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>
/// One span and the metrics of one call, by the semantic conventions for generative AI. Prompts and answers are recorded only under our own setting
/// (<c>Telemetry:CaptureContent</c>), whatever an environment variable of the conventions says. The decorator of Microsoft.Extensions.AI is not used: it puts the model
/// that a provider claims to be into the labels of the metrics, which anybody who runs a provider could make grow without bound, names the type of an exception where
/// ours names the reason of a failure, and heeds that variable.
/// </summary>
internal sealed class TelemetryChatClient(IChatClient inner, ModelEntry model, CalledServer server, bool captureContent, ModelInstruments instruments, TimeProvider time)
    : WholeAnswerChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var span = Start(options);
        if (captureContent)
            span?.SetTag("gen_ai.input.messages", ContentJson.Of(asked));
        var started = time.GetTimestamp();
        string? error = null;
        try
        {
            var response = await base.GetResponseAsync(asked, options, cancellationToken);
            Answered(span, response);
            return response;
        }
        catch (Exception e)
        {
            error = e switch
            {
                ModelCallException failure => WireName.Of(failure.Reason),
                OperationCanceledException => "cancelled",
                _ => "internal",
            };
            span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            if (options is ModelChatOptions { Progress.Attempts: var attempts })
                span?.SetTag("consensus.model.attempts", attempts);
            var labels = Labels();
            if (error is not null)
                labels.Add("error.type", error);
            instruments.Duration.Record(time.GetElapsedTime(started).TotalSeconds, labels);
        }
    }

    private Activity? Start(ChatOptions? options)
    {
        var span = ModelInstruments.Source.StartActivity($"chat {model.Name}", ActivityKind.Client);
        if (span is not { IsAllDataRequested: true })
            return span;
        foreach (var (name, value) in Labels())
            span.SetTag(name, value);
        span.SetTag("gen_ai.request.max_tokens", options?.MaxOutputTokens);
        span.SetTag("gen_ai.request.temperature", options?.Temperature);
        span.SetTag("gen_ai.request.seed", options?.Seed);
        span.SetTag("gen_ai.output.type", options?.ResponseFormat is ChatResponseFormatJson ? "json" : null);
        return span;
    }

    private void Answered(Activity? span, ChatResponse response)
    {
        Record("input", response.Usage?.InputTokenCount);
        Record("output", response.Usage?.OutputTokenCount);
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

    private void Record(string type, long? count)
    {
        if (count is not >= 0)
            return;
        var labels = Labels();
        labels.Add("gen_ai.token.type", type);
        instruments.Tokens.Record(count.Value, labels);
    }

    private TagList Labels() => new()
    {
        { "gen_ai.operation.name", "chat" },
        { "gen_ai.provider.name", server.Flavor },
        { "gen_ai.request.model", model.Name },
        { "server.address", server.Endpoint.Host },
        { "server.port", server.Endpoint.Port },
    };
}

/// <summary>Whom a model is asked of.</summary>
/// <param name="Flavor">The value of <c>gen_ai.provider.name</c>.</param>
/// <param name="Endpoint">The configured address.</param>
internal sealed record CalledServer(string Flavor, Uri Endpoint);
