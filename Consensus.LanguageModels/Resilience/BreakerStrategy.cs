using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Providers;
using Polly;
using Polly.CircuitBreaker;

namespace Consensus.LanguageModels.Resilience;

/// <summary>
/// Asks a model through its breaker. Polly's breaker takes every outcome that is not a failure for a success, so an attempt that was cut would hold it closed: while
/// it is closed, attempts are made outside of it and it is told of those that say something about the model. Once it is open, it alone decides who is let through.
/// </summary>
/// <param name="breaker">The pipeline that is the breaker alone.</param>
/// <param name="state">Its state.</param>
/// <param name="shortestStall">From when on an attempt that the call's deadline cut is a stall of the model.</param>
internal sealed class BreakerStrategy(ResiliencePipeline breaker, CircuitBreakerStateProvider state, TimeSpan shortestStall) : ResilienceStrategy
{
    /// <summary>
    /// Whether an outcome counts against the model. Rate limits, refusals and rejected requests do not: the model is there. A cut attempt that comes before the
    /// breaker is a stall, or a probe, which proved nothing: the breaker must not close on it.
    /// </summary>
    public static bool Fails(Exception? exception) => exception is ProviderFault { Reason: FailureReason.Unavailable } or OperationCanceledException;

    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState callbackState)
    {
        if (state.CircuitState != CircuitState.Closed)
            return await breaker.ExecuteOutcomeAsync(callback, context, callbackState);

        var call = Call.Of(context);
        var attempts = call.Attempts;
        var outcome = await callback(context, callbackState);
        // An outcome of before the break neither probes the model nor ends the break.
        if (call.Attempts > attempts && Tells(outcome.Exception, call) && state.CircuitState == CircuitState.Closed)
            await TellAsync(outcome);
        return outcome;
    }

    /// <summary>Whether an outcome says something about the model, good or bad.</summary>
    private bool Tells(Exception? exception, Call call) => exception switch
    {
        null or ProviderFault => true,
        OperationCanceledException => call.Deadline.IsCancellationRequested && call.AttemptTime >= shortestStall,
        _ => false,
    };

    /// <summary>In a context of its own: the call's may have been cancelled, and then nothing would be executed in it.</summary>
    private async ValueTask TellAsync<TResult>(Outcome<TResult> outcome)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        try
        {
            await breaker.ExecuteOutcomeAsync(static (_, outcome) => ValueTask.FromResult(outcome), context, outcome);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Polly wants some for every strategy; there is nothing to set.</summary>
    public sealed class Options : ResilienceStrategyOptions;
}
