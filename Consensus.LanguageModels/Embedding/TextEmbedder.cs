using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Consensus.LanguageModels.Embedding;

/// <summary>Turns texts into vectors by one model, over the same wire, places and breaker rules as questions go. Safe for use by several threads.</summary>
public sealed partial class TextEmbedder : IDisposable
{
    private readonly ModelEntry _model;
    private readonly EmbeddingModel _asked;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _client;
    private readonly ModelInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal TextEmbedder(
        ModelEntry model, EmbeddingModel asked, IEmbeddingGenerator<string, Embedding<float>> client,
        ModelInstruments instruments, TimeProvider time, ILogger logger) =>
        (_model, _asked, _client, _instruments, _time, _logger) = (model, asked, client, instruments, time, logger);

    /// <summary>Embeds texts in one call. Every failure, a cancelled token included, comes back as a value.</summary>
    /// <param name="texts">At least one, none of them empty.</param>
    /// <param name="timeout">The time that the call may take, retries included; the provider's time-out holds as well.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<EmbeddingReply> EmbedAsync(IReadOnlyList<string> texts, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var active = _instruments.Begin(_model);
        var options = new CallEmbeddingOptions { CallTimeout = timeout, Dimensions = _asked.Dimensions };
        var reply = await EmbedAsync(texts, options, cancellationToken);
        var progress = options.Progress;
        _instruments.Ended(_model, new ModelReply
        {
            Text = reply.Vectors is null ? null : "",
            Failure = reply.Failure,
            InputTokens = reply.Tokens,
            CostUsd = reply.CostUsd,
            MayBeBilled = progress.MayBeBilled,
            Latency = progress.FirstAttempt is { } first ? _time.GetElapsedTime(first) : TimeSpan.Zero,
        });
        if (reply.Failure is { } reason)
            NotEmbedded(_logger, _model.Id, texts.Count, reason, progress.Attempts, reply.FailureMessage);
        return reply;
    }

    /// <summary>Gives up the client.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<EmbeddingReply> EmbedAsync(IReadOnlyList<string> texts, CallEmbeddingOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var embedded = await _client.GenerateAsync(texts, options, cancellationToken);
            ReadOnlyMemory<float>[] vectors = [.. embedded.Select(static one => one.Vector)];
            var tokens = embedded.Usage?.InputTokenCount is { } told and >= 0 ? told : (long?)null;
            var cost = CallPrice.Of(_model, tokens, tokens is null ? null : 0);
            return Fault(vectors, texts.Count) is { } fault
                ? new EmbeddingReply { Failure = FailureReason.Malformed, FailureMessage = fault, Tokens = tokens, CostUsd = cost }
                : new EmbeddingReply { Vectors = vectors, Tokens = tokens, CostUsd = cost };
        }
        catch (ModelCallException e)
        {
            return new EmbeddingReply { Failure = e.Reason, FailureMessage = e.Message };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new EmbeddingReply { Failure = FailureReason.Cancelled, FailureMessage = "The call was cancelled." };
        }
    }

    private string? Fault(ReadOnlyMemory<float>[] vectors, int texts)
    {
        if (vectors.Length != texts)
            return $"The provider gave {vectors.Length} vectors of {texts} texts.";
        var length = vectors[0].Length;
        if (length is 0 or > Contracts.Limits.EmbeddingDimensions || Array.Exists(vectors, vector => vector.Length != length))
            return $"The provider's vectors have not all one length of 1 to {Contracts.Limits.EmbeddingDimensions}.";
        if (_asked.Dimensions is { } asked && asked != length)
            return $"The provider's vectors have {length} numbers, not the {asked} that were asked for.";
        return Array.Exists(vectors, static vector => !Finite(vector.Span)) ? "The provider's vectors have numbers that are none." : null;
    }

    private static bool Finite(ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            if (!float.IsFinite(number))
                return false;
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} embedded none of {Texts} texts: {Reason} after {Attempts} attempts. {Explanation}")]
    private static partial void NotEmbedded(ILogger logger, string model, int texts, FailureReason reason, int attempts, string? explanation);
}
