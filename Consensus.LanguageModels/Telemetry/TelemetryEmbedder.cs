using System.Diagnostics;
using Consensus.Contracts.Json;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Embedding;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>
/// One span and the metrics of one call for embeddings, by the semantic conventions for generative AI, as <see cref="TelemetryChatClient"/> has those of a
/// question. Texts are never recorded.
/// </summary>
internal sealed class TelemetryEmbedder(
    IEmbeddingGenerator<string, Embedding<float>> inner, ModelEntry model, CalledServer server, ModelInstruments instruments, TimeProvider time)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var span = Start(options);
        var started = time.GetTimestamp();
        string? error = null;
        try
        {
            var response = await base.GenerateAsync(values, options, cancellationToken);
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
            if (options is CallEmbeddingOptions { Progress.Attempts: var attempts })
                span?.SetTag("consensus.model.attempts", attempts);
            var labels = Labels();
            if (error is not null)
                labels.Add("error.type", error);
            instruments.Duration.Record(time.GetElapsedTime(started).TotalSeconds, labels);
        }
    }

    private Activity? Start(EmbeddingGenerationOptions? options)
    {
        var span = ModelInstruments.Source.StartActivity($"embeddings {model.Name}", ActivityKind.Client);
        if (span is not { IsAllDataRequested: true })
            return span;
        foreach (var (name, value) in Labels())
            span.SetTag(name, value);
        span.SetTag("gen_ai.embeddings.dimension.count", options?.Dimensions);
        return span;
    }

    private void Answered(Activity? span, GeneratedEmbeddings<Embedding<float>> response)
    {
        span?.SetTag("gen_ai.usage.input_tokens", response.Usage?.InputTokenCount);
        if (response.Usage?.InputTokenCount is not >= 0)
            return;
        var labels = Labels();
        labels.Add("gen_ai.token.type", "input");
        instruments.Tokens.Record(response.Usage.InputTokenCount.Value, labels);
    }

    private TagList Labels() => new()
    {
        { "gen_ai.operation.name", "embeddings" },
        { "gen_ai.provider.name", server.Flavor },
        { "gen_ai.request.model", model.Name },
        { "server.address", server.Endpoint.Host },
        { "server.port", server.Endpoint.Port },
    };
}
