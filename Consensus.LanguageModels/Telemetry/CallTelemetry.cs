using System.Diagnostics;
using Consensus.Contracts.Json;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;

namespace Consensus.LanguageModels.Telemetry;

/// <summary>The spans and metrics that calls of one kind to one model have, by the semantic conventions for generative AI.</summary>
/// <param name="operation">The value of <c>gen_ai.operation.name</c>.</param>
internal sealed class CallTelemetry(string operation, ModelEntry model, CalledServer server, ModelInstruments instruments, TimeProvider time)
{
    /// <summary>Begins the span of a call; null when nobody listens.</summary>
    public Activity? Start()
    {
        var span = ModelInstruments.Source.StartActivity($"{operation} {model.Name}", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            foreach (var (name, value) in Labels())
                span.SetTag(name, value);
        }

        return span;
    }

    /// <summary>Makes the call and measures how long it takes, how often it was tried and how it failed, if it did.</summary>
    public async Task<T> MeasureAsync<T>(Activity? span, CallProgress? progress, Func<Task<T>> call)
    {
        var started = time.GetTimestamp();
        string? error = null;
        try
        {
            return await call();
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
            span?.SetTag("consensus.model.attempts", progress?.Attempts);
            var labels = Labels();
            if (error is not null)
                labels.Add("error.type", error);
            instruments.Duration.Record(time.GetElapsedTime(started).TotalSeconds, labels);
        }
    }

    /// <summary>The provider says how many tokens of a type a call took; one that does not say, or not a number of tokens, counts for nothing.</summary>
    public void Took(string type, long? tokens)
    {
        if (tokens is not >= 0)
            return;
        var labels = Labels();
        labels.Add("gen_ai.token.type", type);
        instruments.Tokens.Record(tokens.Value, labels);
    }

    private TagList Labels() => new()
    {
        { "gen_ai.operation.name", operation },
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
