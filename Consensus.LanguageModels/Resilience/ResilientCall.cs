using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Providers;
using Polly;
using Polly.CircuitBreaker;

namespace Consensus.LanguageModels.Resilience;

/// <summary>
/// Makes calls to one model under the deadline of each, through the model's pipeline. Failures leave as <see cref="ModelCallException"/>, a caller's own
/// cancellation as itself.
/// </summary>
internal sealed class ResilientCall(ProviderSettings provider, ResiliencePipeline pipeline, PipelineWatch watch, TimeProvider time)
{
    /// <param name="send">One attempt: asks the bare client. Given what the HTTP handler sees of it.</param>
    /// <param name="limit">The time that the call may take; the provider's time-out holds as well.</param>
    /// <param name="progress">Receives what has happened.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<T> ExecuteAsync<T>(
        Func<Exchange, CancellationToken, Task<T>> send, TimeSpan? limit, CallProgress progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var timeout = limit < provider.Timeout ? limit.Value : provider.Timeout;
        if (timeout <= TimeSpan.Zero)
            throw new ModelCallException(FailureReason.Timeout, "There was no time left to ask the provider.");

        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var call = new Call(time, timeout, progress) { Deadline = deadline.Token };
        var context = ResilienceContextPool.Shared.Get(either.Token);
        context.Properties.Set(Call.Key, call);
        try
        {
            return await pipeline.ExecuteAsync(
                static async (context, state) => await state.Self.AttemptAsync(state.send, context), context, (Self: this, send));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            throw Failure(e, call, timeout);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<T> AttemptAsync<T>(Func<Exchange, CancellationToken, Task<T>> send, ResilienceContext context)
    {
        // A call may get its place in the moment its time is up.
        context.CancellationToken.ThrowIfCancellationRequested();
        var call = Call.Of(context);
        call.BeginAttempt();
        var exchange = Exchange.Begin();
        try
        {
            return await SendAsync(send, call, exchange, context.CancellationToken);
        }
        catch (Exception e)
        {
            call.FailAttempt(exchange.IsSent && (e as ProviderFault)?.MayBeBilled != false);
            throw;
        }
    }

    private async Task<T> SendAsync<T>(Func<Exchange, CancellationToken, Task<T>> send, Call call, Exchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            return await send(exchange, cancellationToken);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The attempt was cut.", e, cancellationToken);
        }
        catch (Exception e) when (ProviderFault.In(e) is { } fault)
        {
            throw call.LastFault = fault;
        }
        catch (Exception e) when (exchange.HasAnswer)
        {
            // The body was whole and JSON, but not of the shape the client library reads.
            watch.Misshapen(e);
            throw call.LastFault = new ProviderFault(FailureReason.Malformed, "The provider's answer has an unexpected shape.", e);
        }
    }

    private ModelCallException Failure(Exception exception, Call call, TimeSpan timeout)
    {
        switch (exception)
        {
            case ProviderFault { RetryAfter: { } wait, Transient: true } fault when wait >= call.Remaining:
                return new ModelCallException(fault.Reason, $"{fault.Message} It asked to wait {wait.TotalSeconds:0.#} s, longer than the call may take.");
            case ProviderFault fault:
                return new ModelCallException(fault.Reason, fault.Message);
            case BrokenCircuitException when call.LastFault is { } fault:
                return new ModelCallException(fault.Reason, fault.Message);
            case BrokenCircuitException:
                return new ModelCallException(FailureReason.CircuitOpen, "The model failed repeatedly and is left alone for a while.");
            case OperationCanceledException when call.Attempts == 0:
                return new ModelCallException(
                    FailureReason.Timeout,
                    $"No place among the provider's {provider.MaxConcurrency} concurrent calls came free within {timeout.TotalMilliseconds:0} ms.");
            case OperationCanceledException:
                return new ModelCallException(FailureReason.Timeout, $"No answer within {timeout.TotalMilliseconds:0} ms.");
            default:
                watch.Broke(exception);
                return new ModelCallException(FailureReason.Internal, "Asking the provider failed inside this system; the log has the details.");
        }
    }
}
