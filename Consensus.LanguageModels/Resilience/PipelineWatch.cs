using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.Logging;

namespace Consensus.LanguageModels.Resilience;

/// <summary>Records what a model's pipeline does: retries, waits and the breaker's moves.</summary>
internal sealed partial class PipelineWatch(ModelEntry model, ModelInstruments instruments, ILogger logger)
{
    public void Retried(FailureReason reason)
    {
        instruments.Retried(model, reason);
        Retrying(logger, model.Id, reason);
    }

    /// <summary>An attempt waited for its place among the provider's concurrent calls, and got it or not.</summary>
    public void Waited(TimeSpan waited, bool isPlaced) => instruments.Waited(model, waited, isPlaced);

    public void BreakerOpened(TimeSpan duration)
    {
        instruments.Opened(model);
        Opened(logger, model.Id, duration.TotalSeconds);
    }

    public void BreakerClosed() => Closed(logger, model.Id);

    /// <summary>Where a client library gave up on a provider's answer.</summary>
    public void Misshapen(Exception exception) => Unreadable(logger, model.Id, exception.GetType(), exception.StackTrace);

    /// <summary>Types and stack only: the message of a foreign exception may quote the prompt.</summary>
    public void Broke(Exception exception) => Internal(logger, model.Id, exception.GetType(), exception.StackTrace);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Asking {Model} again after {Reason}.")]
    private static partial void Retrying(ILogger logger, string model, FailureReason reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The breaker of {Model} is open for {Seconds} s after repeated failures.")]
    private static partial void Opened(ILogger logger, string model, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The breaker of {Model} is closed again.")]
    private static partial void Closed(ILogger logger, string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer of {Model} could not be read: {ExceptionType} at {Stack}")]
    private static partial void Unreadable(ILogger logger, string model, Type exceptionType, string? stack);

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking {Model} failed inside this system with {ExceptionType} at {Stack}")]
    private static partial void Internal(ILogger logger, string model, Type exceptionType, string? stack);
}
