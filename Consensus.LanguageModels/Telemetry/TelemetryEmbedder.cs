using Consensus.LanguageModels.Embedding;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>One span and the metrics of one call for embeddings, as <see cref="TelemetryChatClient"/> has those of a question. Texts are never recorded.</summary>
internal sealed class TelemetryEmbedder(IEmbeddingGenerator<string, Embedding<float>> inner, CallTelemetry telemetry)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var span = telemetry.Start();
        span?.SetTag("gen_ai.embeddings.dimension.count", options?.Dimensions);
        return await telemetry.MeasureAsync(span, (options as CallEmbeddingOptions)?.Progress, async () =>
        {
            var response = await base.GenerateAsync(values, options, cancellationToken);
            span?.SetTag("gen_ai.usage.input_tokens", response.Usage?.InputTokenCount);
            telemetry.Took("input", response.Usage?.InputTokenCount);
            return response;
        });
    }
}
