using Polly;

namespace Consensus.LanguageModels.Resilience;

/// <summary>Before the limiter: an attempt begins to wait for its place. One that never gets it is told here.</summary>
internal sealed class PlaceWait(PipelineWatch watch) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        var call = Call.Of(context);
        call.BeginWait();
        try
        {
            return await callback(context, state);
        }
        finally
        {
            if (call.EndWait() is { } waited)
                watch.Waited(waited, isPlaced: false);
        }
    }

    /// <summary>Polly wants some for every strategy; there is nothing to set.</summary>
    public sealed class Options : ResilienceStrategyOptions;
}

/// <summary>Behind the limiter: the attempt has its place.</summary>
internal sealed class PlaceTaken(PipelineWatch watch) : ResilienceStrategy
{
    protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        if (Call.Of(context).EndWait() is { } waited)
            watch.Waited(waited, isPlaced: true);
        return callback(context, state);
    }
}
