using System.Threading.RateLimiting;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Providers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Consensus.LanguageModels.Resilience;

/// <summary>
/// The resilience of one model: retry, around a place among the provider's concurrent calls, around the model's breaker, around one attempt.
/// A call that waits for its next attempt holds no place; a call that waited for a place asks the breaker after the wait.
/// </summary>
internal static class ModelPipeline
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    /// <summary>An attempt cut by its deadline sooner than half of this, or of the provider's time-out where that is shorter, says nothing about the model: the
    /// caller was in a hurry, or most of the call's time went into queueing and earlier attempts.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(10);

    public static ResiliencePipeline Build(ProviderSettings provider, RateLimiter places, CircuitBreakerStateProvider state, PipelineWatch watch, TimeProvider time, Func<double> random)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (provider.Retry.MaxAttempts > 1)
            builder.AddRetry(Retry(provider.Retry, watch, random));
        return builder
            .AddStrategy(_ => new PlaceWait(watch), new PlaceWait.Options())
            .AddRateLimiter(places)
            .AddStrategy(_ => new PlaceTaken(watch), new PlaceWait.Options())
            .AddStrategy(_ => new BreakerStrategy(Breaker(provider, state, watch, time), state, ShortestStall(provider.Timeout)), new BreakerStrategy.Options())
            .Build();
    }

    private static RetryStrategyOptions Retry(RetrySettings settings, PipelineWatch watch, Func<double> random) => new()
    {
        MaxRetryAttempts = settings.MaxAttempts - 1,
        ShouldHandle = args =>
        {
            if (args.Outcome.Exception is not ProviderFault { Transient: true } fault)
                return ValueTask.FromResult(false);
            var call = Call.Of(args.Context);
            call.NextDelay = fault.RetryAfter ?? Backoff(settings.Delay, args.AttemptNumber, random());
            // A wait that outlasts the call would only hide the reason behind a time-out.
            return ValueTask.FromResult(call.NextDelay < call.Remaining);
        },
        DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Call.Of(args.Context).NextDelay),
        OnRetry = args =>
        {
            watch.Retried(((ProviderFault)args.Outcome.Exception!).Reason);
            return ValueTask.CompletedTask;
        },
    };

    private static ResiliencePipeline Breaker(ProviderSettings provider, CircuitBreakerStateProvider state, PipelineWatch watch, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = provider.Breaker.FailureRatio,
            MinimumThroughput = provider.Breaker.MinimumCalls,
            SamplingDuration = provider.Breaker.Window,
            BreakDuration = provider.Breaker.Break,
            StateProvider = state,
            ShouldHandle = args => ValueTask.FromResult(BreakerStrategy.Fails(args.Outcome.Exception)),
            OnOpened = args =>
            {
                watch.BreakerOpened(args.BreakDuration);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                watch.BreakerClosed();
                return ValueTask.CompletedTask;
            },
        }).Build();

    private static TimeSpan ShortestStall(TimeSpan timeout) => (timeout < Stall ? timeout : Stall) / 2;

    /// <summary>Doubles with each attempt and spreads over half to one and a half of that, so that callers who failed together do not return together.</summary>
    internal static TimeSpan Backoff(TimeSpan delay, int attempt, double random)
    {
        var mean = delay * Math.Pow(2, attempt);
        return (mean < LongestBackoff ? mean : LongestBackoff) * (0.5 + random);
    }
}
