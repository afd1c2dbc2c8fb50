using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Consensus.LanguageModels.Calling;

/// <summary>Asks models through the decorated clients of the catalog. One instance per process: it holds the breakers.</summary>
public sealed partial class ModelCaller
{
    private readonly ModelCatalog _catalog;
    private readonly Func<string, IChatClient> _clients;
    private readonly ModelInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal ModelCaller(ModelCatalog catalog, Func<string, IChatClient> clients, ModelInstruments instruments, TimeProvider time, ILogger<ModelCaller> logger) =>
        (_catalog, _clients, _instruments, _time, _logger) = (catalog, clients, instruments, time, logger);

    /// <summary>Asks one model. Every failure, a cancelled token included, comes back as a value.</summary>
    /// <exception cref="KeyNotFoundException">The catalog has no such model.</exception>
    public async Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken)
    {
        var model = Entry(call);
        using var active = _instruments.Begin(model);
        var options = new ModelChatOptions
        {
            Temperature = (float?)call.Temperature,
            MaxOutputTokens = CallPrice.Cap(call),
            Seed = call.Seed,
            CallTimeout = call.Timeout,
            ResponseFormat = Format(model, call.Schema),
            // Without it OpenAI takes the schema as a hint.
            AdditionalProperties = call.Schema is { Strict: true } ? new() { ["strict"] = true } : null,
        };
        var reply = await AskAsync(model, call, options, cancellationToken);
        var progress = options.Progress;
        reply = reply with
        {
            // A client of a test's own does not count.
            Attempts = reply.Text is null ? progress.Attempts : Math.Max(1, progress.Attempts),
            MayBeBilled = reply.MayBeBilled || progress.MayBeBilled,
            Latency = progress.FirstAttempt is { } first ? _time.GetElapsedTime(first) : TimeSpan.Zero,
        };
        _instruments.Ended(model, reply);
        if (reply.Failure is { } reason)
            NoAnswer(_logger, model.Id, reason, reply.Attempts, reply.Latency, reply.FailureMessage);

        return reply;
    }

    /// <summary>The worst-case price of a call in US dollars: input tokens estimated from above, output at its cap; <c>null</c> when the model has no price.</summary>
    /// <exception cref="KeyNotFoundException">The catalog has no such model.</exception>
    public decimal? WorstCaseCost(ModelCall call) => CallPrice.WorstCase(Entry(call), call);

    private async Task<ModelReply> AskAsync(ModelEntry model, ModelCall call, ModelChatOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _clients(model.Id).GetResponseAsync(call.Messages, options, cancellationToken);
            return ReplyReader.Read(response, model);
        }
        catch (ModelCallException e)
        {
            return new ModelReply { Failure = e.Reason, FailureMessage = e.Message };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ModelReply { Failure = FailureReason.Cancelled, FailureMessage = "The call was cancelled." };
        }
        catch (Exception e)
        {
            // Types and stack only: the message of a foreign exception may quote the prompt.
            Broke(_logger, model.Id, e.GetType(), e.StackTrace);
            return new ModelReply { Failure = FailureReason.Internal, FailureMessage = "Asking the model failed inside this system; the log has the details." };
        }
    }

    private static ChatResponseFormatJson? Format(ModelEntry model, ResponseSchema? schema) => (schema, model.StructuredOutput) switch
    {
        (null, _) or (_, StructuredOutput.Off) => null,
        (_, StructuredOutput.JsonObject) => ChatResponseFormat.Json,
        _ => ChatResponseFormat.ForJsonSchema(schema.Schema, schema.Name),
    };

    private ModelEntry Entry(ModelCall call) => _catalog.Find(call.Model) ?? throw new KeyNotFoundException($"The catalog has no model '{call.Model}'.");

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} gave no answer: {Reason} after {Attempts} attempts in {Elapsed}. {Explanation}")]
    private static partial void NoAnswer(ILogger logger, string model, FailureReason reason, int attempts, TimeSpan elapsed, string? explanation);

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking {Model} failed inside this system with {ExceptionType} at {Stack}")]
    private static partial void Broke(ILogger logger, string model, Type exceptionType, string? stack);
}
